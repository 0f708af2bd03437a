import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"

const folder = new URL("../../packages/api/src/", import.meta.url)
const files = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith(".ts"))

test("there is something to look at", () => {
  expect(files).toContain("client.ts")
})

test.each(files)("%s loads on hosts other than Node: what it imports of Node are types", (name) => {
  const text = readFileSync(new URL(name, folder), "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "")
  const imports = [...text.matchAll(/^(import|export)(?! type)[^"]* from "([^"]+)"$/gm)].map(([, , from]) => from)
  for (const from of imports) expect(from).toMatch(/^(\.{1,2}\/[\w/-]+\.ts|zod|@hookgram\/core)$/)
  expect(/\bimport\(|\bBuffer\b|\bsetImmediate\b|(?<!\.)\bprocess\./.exec(text)?.[0]).toBeUndefined()
})
