import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"

const packages = new URL("../../packages/", import.meta.url)
const names = readdirSync(packages)

/** What tools leave behind; none of it is in the repository. */
const leftovers = new Set(["dist", "node_modules", "tsconfig.tsbuildinfo"])

function read(path: string): string {
  return readFileSync(new URL(path, packages), "utf8")
}

function sources(name: string): readonly string[] {
  const files = readdirSync(new URL(`${name}/src/`, packages), { recursive: true, encoding: "utf8" })
  return files.filter((file) => file.includes(".")).map((file) => `${name}/src/${file}`)
}

/** Lines that are neither blank nor comment. */
function codeLines(text: string): number {
  const code = text.replaceAll(/\/\*\*[\s\S]*?\*\//g, "").split("\n")
  return code.filter((line) => line.trim() !== "" && !line.trim().startsWith("//")).length
}

describe.each(names)("@hookgram/%s", (name) => {
  const manifest = JSON.parse(read(`${name}/package.json`)) as Record<string, unknown>
  const core = JSON.parse(read("core/package.json")) as Record<string, unknown>

  test("is package.json, README.md, tsconfig.json, src, and nothing more", () => {
    const entries = readdirSync(new URL(`${name}/`, packages)).filter((entry) => !leftovers.has(entry))
    expect(entries.toSorted()).toEqual(["README.md", "package.json", "src", "tsconfig.json"])
  })

  test("has the manifest that all packages have", () => {
    expect(manifest["name"]).toBe(`@hookgram/${name}`)
    for (const field of ["version", "license", "type", "sideEffects", "engines", "files", "exports", "publishConfig"]) {
      expect(manifest[field], field).toEqual(core[field])
    }
  })

  test("has an index that only re-exports", () => {
    const index = read(`${name}/src/index.ts`).replaceAll(/export (type )?\{[^}]*\} from "\.?[^"]+"\n/g, "")
    expect(index).toBe("")
  })

  test("has no file over 200 lines", () => {
    for (const file of sources(name)) expect(read(file).split("\n").length, file).toBeLessThanOrEqual(201)
  })
})

test("core imports nothing of Node", () => {
  for (const file of sources("core")) expect(read(file), file).not.toMatch(/from "(node:|@hookgram\/node)/)
})

test.each(["express", "koa", "fastify"])("the %s adapter is at most 30 lines of code", (name) => {
  const lines = codeLines(read(`${name}/src/webhook.ts`))
  expect(lines).toBeGreaterThan(5)
  expect(lines).toBeLessThanOrEqual(30)
})
