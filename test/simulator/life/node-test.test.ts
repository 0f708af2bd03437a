import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { expect, test } from "vitest"

/** Runs a file of this folder in a process of its own, which has to end by itself. */
async function run(file: string, ...parameters: string[]): Promise<string> {
  const path = fileURLToPath(new URL(file, import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", path, ...parameters], {
    timeout: 15_000,
  })
  return stdout
}

test("a test of node:test uses the simulator, and its process ends by itself", async () => {
  const output = await run("node-test.ts")
  expect(output).toMatch(/pass 2$/m)
  expect(output).toMatch(/fail 0$/m)
})
