import { execFile } from "node:child_process"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"

const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc")
const folder = fileURLToPath(new URL(".", import.meta.url))

/** Whether a line names a file, and is no complaint. */
const isFile = (line: string): boolean => /^\S+\.(ts|mts|cts)$/.test(line)

/** The lines that the compiler prints for a project of this folder. */
async function compile(project: string): Promise<string[]> {
  const output = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [compiler, "-p", project, "--listFiles"],
      { cwd: folder, maxBuffer: 1e8 },
      (_error, stdout, stderr) => resolve(stdout + stderr),
    )
  })
  return output.split("\n").filter((line) => line !== "")
}

test("the public types are as the files of this folder say", { timeout: 60_000 }, async () => {
  const lines = await compile("tsconfig.json")
  expect(lines.filter((line) => !isFile(line))).toEqual([])
  // Else an empty list of files would pass.
  const compiled = lines.filter(isFile).map((file) => file.split("/").at(-1))
  expect(compiled).toEqual(expect.arrayContaining(["core.ts", "adapters.ts", "bots.ts", "webhook.ts"]))
})

test("what may be left out may be undefined, also with exactOptionalPropertyTypes", { timeout: 60_000 }, async () => {
  const lines = await compile("exact/tsconfig.json")
  const compiled = lines.filter(isFile).map((file) => file.split("/").slice(-2).join("/"))
  expect(compiled).toEqual(expect.arrayContaining(["exact/options.ts", "examples/agent.ts", "deployment/server.ts"]))
  // The packages are compiled as sources here, which are not written for that option.
  const complaints = lines.filter((line) => line.includes("error TS"))
  expect(complaints.filter((line) => /^exact\/|examples\//.test(line))).toEqual([])
})
