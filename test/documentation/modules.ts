import { execFile } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { type Block, workspace } from "./blocks.ts"
import { isExcerpt, surroundings } from "./surroundings.ts"

const here = fileURLToPath(new URL("./", import.meta.url))

const config = {
  extends: "../../../tsconfig.base.json",
  compilerOptions: {
    noEmit: true,
    composite: false,
    isolatedDeclarations: false,
    declaration: false,
    declarationMap: false,
    sourceMap: false,
    rewriteRelativeImportExtensions: false,
    allowImportingTsExtensions: true,
    verbatimModuleSyntax: false,
    allowUnusedLabels: false,
    types: ["node"],
  },
  include: ["*.ts"],
}

/** Blocks as modules in a folder of their own inside the workspace, where the packages are found as a user's would be. */
export class Modules {
  readonly #folder: string
  readonly #names = new Map<Block, string>()

  constructor(blocks: readonly Block[]) {
    this.#folder = mkdtempSync(`${here}.blocks-`)
    writeFileSync(`${this.#folder}/tsconfig.json`, JSON.stringify(config))
    for (const block of blocks) {
      const name = `${block.file.replace(/\W+/g, "-")}-${block.line}.ts`
      this.#names.set(block, name)
      // What an excerpt takes for granted is in line 1, and the block in the lines that it has in its document.
      const before = isExcerpt(block) ? surroundings(block) : ""
      writeFileSync(`${this.#folder}/${name}`, `${before}${"\n".repeat(block.line - 1)}${block.code}\n`)
    }
  }

  /** The path of a block's module. */
  path(block: Block): string {
    return `${this.#folder}/${this.#names.get(block)}`
  }

  /** What the compiler finds wrong in each block, with the line in its document. */
  async typeErrors(): Promise<Map<Block, string[]>> {
    const output = await run(fileURLToPath(new URL("node_modules/.bin/tsc", workspace)), [
      "-p",
      this.#folder,
      "--pretty",
      "false",
    ])
    const lines = output.split("\n")
    const errors = new Map([...this.#names].map(([block, name]) => [block, errorsIn(lines, name, block)]))
    // An error outside of all blocks is no block's fault, but a compiler that has not looked at them must not pass for one that has.
    const elsewhere = lines.filter((line) => line.startsWith("error TS"))
    if (elsewhere.length > 0) throw new Error(`The compiler has failed:\n${elsewhere.join("\n")}`)
    return errors
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

function errorsIn(lines: readonly string[], name: string, { file }: Block): string[] {
  return lines.flatMap((line) => {
    const at = line.indexOf(`${name}(`)
    if (at < 0) return []
    const [, row, message] = /^\((\d+),\d+\): error (.*)$/.exec(line.slice(at + name.length)) ?? []
    return [`${file}:${row}: ${message}`]
  })
}

function run(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) =>
    execFile(command, args, { maxBuffer: 1 << 26 }, (_error, stdout, stderr) => resolve(`${stdout}\n${stderr}`)),
  )
}
