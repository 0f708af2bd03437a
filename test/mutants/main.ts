import { execFileSync, spawnSync } from "node:child_process"
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import type { Mutant } from "./mutants.ts"
import { type Suite, suites } from "./suites.ts"

/**
 * Breaks a copy of the code in one place at a time and says which tests notice: `pnpm mutants [a suite, or part of a
 * name]`; without, those of the receiver and the simulator. Exits with 1 when a mutant survives.
 */
const root = new URL("../../", import.meta.url).pathname
const copy = mkdtempSync(join(tmpdir(), "hookgram-mutants-"))

/** What the argument names. */
function chosen(what: string | undefined): readonly Suite[] {
  if (what === undefined) return [suites.receiver, suites.simulator]
  if (Object.hasOwn(suites, what)) return [suites[what as keyof typeof suites]]
  return Object.values(suites)
    .map((suite) => ({ ...suite, mutants: suite.mutants.filter(({ name }) => name.includes(what)) }))
    .filter(({ mutants }) => mutants.length > 0)
}

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

/** The names of the tests that fail, each with its file. */
function failing({ tests, testTimeout }: Omit<Suite, "mutants">): readonly string[] {
  const report = join(copy, "report.json")
  rmSync(report, { force: true })
  const args = ["run", ...tests, "--reporter=json", `--outputFile=${report}`, `--testTimeout=${testTimeout}`]
  const { stderr } = spawnSync(join(root, "node_modules/.bin/vitest"), args, { cwd: copy, encoding: "utf8" })
  try {
    const { testResults } = JSON.parse(readFileSync(report, "utf8")) as Report
    return testResults.flatMap(({ name, status, assertionResults }) => {
      const failed = assertionResults.filter((test) => test.status === "failed").map(({ fullName }) => fullName)
      if (status === "failed" && failed.length === 0) failed.push("the file itself") // it cannot be loaded, say
      return failed.map((test) => `${basename(name)}: ${test}`)
    })
  } catch (cause) {
    throw new Error(`vitest wrote no report: ${stderr}`, { cause })
  }
}

function survives({ name, file, find, replace }: Mutant, suite: Suite): boolean {
  const path = join(copy, file)
  const original = readFileSync(path, "utf8")
  if (original.split(find).length !== 2) throw new Error(`${name}: the text to replace is not exactly once in ${file}`)
  writeFileSync(
    path,
    original.replace(find, () => replace),
  )
  const failed = failing(suite)
  writeFileSync(path, original)
  console.log(`\n${failed.length === 0 ? "SURVIVED" : "noticed"}: ${name} (${file}), ${failed.length} tests fail`)
  for (const test of failed.slice(0, 3)) console.log(`  ${test}`)
  return failed.length === 0
}

try {
  for (const entry of execFileSync(
    "git",
    [
      "ls-files",
      "--cached",
      "--others",
      "--exclude-standard",
      "packages",
      "test",
      "docs/telegram-delivery.md",
      "vitest.config.ts",
      "package.json",
      "tsconfig*.json",
    ],
    { cwd: root, encoding: "utf8" },
  )
    .trim()
    .split("\n")) {
    cpSync(join(root, entry), join(copy, entry), { recursive: true })
  }
  // Links in these are relative, so that in the copy they lead to the copy's packages.
  for (const folder of [
    "test",
    "packages/core",
    "packages/node",
    "packages/express",
    "packages/koa",
    "packages/fastify",
    "packages/simulator",
    "packages/fetch",
    "packages/lambda",
    "packages/api",
    "packages/bot",
  ]) {
    cpSync(join(root, folder, "node_modules"), join(copy, folder, "node_modules"), {
      recursive: true,
      verbatimSymlinks: true,
    })
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"))
  // One mount is enough to notice, and all would take an hour.
  const contract = join(copy, "test/contract/contract.test.ts")
  writeFileSync(
    contract,
    readFileSync(contract, "utf8").replace("describe.each(mounts)", "describe.each(mounts.slice(0, 1))"),
  )
  const wanted = chosen(process.argv[2])
  if (wanted.length === 0) throw new Error("There is neither a suite nor a mutant of that name")
  const unbroken = failing({
    tests: [...new Set(wanted.flatMap(({ tests }) => tests))],
    testTimeout: Math.max(...wanted.map(({ testTimeout }) => testTimeout)),
  })
  if (unbroken.length > 0) throw new Error(`These tests fail without a mutant:\n${unbroken.join("\n")}`)
  const survivors = wanted.flatMap((suite) => suite.mutants.filter((mutant) => survives(mutant, suite)))
  console.log(`\n${survivors.length} of the mutants survived`)
  process.exitCode = survivors.length > 0 ? 1 : 0
} finally {
  rmSync(copy, { recursive: true, force: true })
}
