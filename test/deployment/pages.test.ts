import { readdirSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { allBlocks, type Block } from "../documentation/blocks.ts"
import { plainErrors, treatmentOf } from "../documentation/check.ts"
import { deployment, deploymentFile } from "./folder.ts"

const blocks = allBlocks().filter(({ file }) => file.startsWith("docs/deployment/"))

/** Languages whose blocks in a page would be the file that it tells the reader to use. */
const files = ["dockerfile", "ini", "nginx", "toml"]

/** A block that claims to be of a file. */
function excerpt(code: string, path: string): Block {
  return { file: "page.md", line: 2, language: "toml", note: `from: ${path}`, code }
}

describe("the deployment pages", () => {
  test.each(files)("show %s as it is in a file that is tested, and nowhere else", (language) => {
    const shown = blocks.filter((block) => block.language === language)
    expect(shown.length).toBeGreaterThan(0)
    expect(shown.map((block) => [treatmentOf(block), plainErrors(block)])).toEqual(shown.map(() => ["excerpt", []]))
  })

  test("a block that differs from its file by one character, or names none, is found", () => {
    const path = "examples/deployment/fly.toml"
    expect(plainErrors(excerpt('kill_signal = "SIGTERM"', path))).toEqual([])
    expect(plainErrors(excerpt('kill_signal = "SIGINT"', path))).toEqual([`page.md:2: is not what ${path} says`])
    expect(plainErrors(excerpt("kill_signal", path))).toEqual([`page.md:2: is not what ${path} says`])
    expect(plainErrors(excerpt("", "examples/none.toml"))).toEqual(["page.md:1: there is no examples/none.toml"])
    expect(treatmentOf({ ...excerpt("", path), note: undefined })).toBe("unknown")
  })

  test("have a page, linked from the index, for each", () => {
    const pages = readdirSync(new URL("../../docs/deployment/", import.meta.url)).toSorted()
    expect(pages).toEqual(["README.md", "docker.md", "fly.md", "nginx.md", "railway.md", "systemd.md", "tunnels.md"])
  })
})

test("the program has at most 40 lines", () => {
  expect(deployment).toMatch(/examples\/deployment\/$/)
  expect(deploymentFile("server.ts").trimEnd().split("\n").length).toBeLessThanOrEqual(40)
})
