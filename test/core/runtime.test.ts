import { readdirSync, readFileSync } from "node:fs"
import { builtinModules } from "node:module"
import { describe, expect, test } from "vitest"

const folder = new URL("../../packages/core/src/", import.meta.url)
const files = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith(".ts"))
const code = (file: string): string =>
  readFileSync(new URL(file, folder), "utf8").replace(/\/\*[\s\S]*?\*\/|(?<![:"'])\/\/.*$/gm, "")

/** Everything that a file imports or re-exports, also when it is only for types. */
function imports(file: string): string[] {
  return [...code(file).matchAll(/\b(?:from|import|require)\s*\(?\s*["'`]([^"'`]+)["'`]/g)].map(([, name = ""]) => name)
}

describe("core runs on every runtime", () => {
  test("there is something to look at", () => {
    expect(files.length).toBeGreaterThan(15)
    expect(imports("webhook.ts")).toContain("./verify.ts")
    expect(imports("schema.ts")).toContain("zod")
  })

  test.each(files)("%s imports its neighbours, zod and the types of the Bot API, and nothing of Node", (file) => {
    for (const name of imports(file)) {
      expect(name).toMatch(/^(\.\/[\w-]+\.ts|zod|@grammyjs\/types)$/)
      expect(builtinModules).not.toContain(name)
      if (name.startsWith("./")) expect(files).toContain(name.slice(2))
    }
  })

  test.each(files)("%s uses no global of Node alone", (file) => {
    const names = code(file).replace(/"[^"\n]*"/g, "")
    expect(
      names.match(
        /(?<![.\w#])(process(?=[.[?])|Buffer|global|NodeJS|(set|clear)Immediate|__dirname|__filename|require(?=\())\b/,
      )?.[0],
    ).toBeUndefined()
    expect(names.match(/import\.meta|\.(un)?ref\(/)?.[0]).toBeUndefined()
  })
})
