import { execFile } from "node:child_process"
import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import type { Application } from "../../examples/start/frameworks/application.ts"
import { differences } from "../../examples/start/frameworks/compare.ts"
import { demonstrate } from "../../examples/start/frameworks/demonstrate.ts"
import { expressApplication } from "../../examples/start/frameworks/express.ts"
import { koaApplication } from "../../examples/start/frameworks/koa.ts"
import type { Output } from "../../examples/start/frameworks/screen.ts"
import { type Effect, steps } from "../../examples/start/frameworks/steps.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))
const timeout = 60_000

/** Collects what is written, as a terminal of that size would get it. */
function terminal(columns: number, rows: number): Output & { text: string } {
  return {
    text: "",
    isTTY: true,
    columns,
    rows,
    write(text) {
      this.text += text
    },
  }
}

const escape = String.fromCodePoint(27)
const colourCode = new RegExp(`${escape}\\[\\d*m`, "g")
const drawingOver = new RegExp(`${escape}\\[(\\d+)A${escape}\\[J`)

/** What stays on a terminal, after all drawing over. */
function screenOf(text: string): string[] {
  // The text before the first drawing over, then by turns how many lines that one goes up, and what it writes.
  const [first = "", ...rest] = withoutColour(text).split(drawingOver)
  let lines = first.split("\n")
  for (let index = 0; index < rest.length; index += 2) {
    const kept = lines.slice(0, lines.length - 1 - Number(rest[index]))
    lines = [...kept, ...(rest[index + 1] ?? "").split("\n")]
  }
  return lines
}

function withoutColour(text: string): string {
  return text.replaceAll(colourCode, "")
}

/** How many rows of the table begin with each step's title. */
function rowsByStep(lines: readonly string[]): number[] {
  return steps.map(({ title }) => lines.filter((line) => line.startsWith(title)).length)
}

const oneEach = steps.map(() => 1)

beforeEach(() => {
  vi.stubEnv("TERM", "xterm")
  vi.stubEnv("NO_COLOR", "")
})

afterEach(() => {
  vi.unstubAllEnvs()
})

describe("pnpm start --frameworks", () => {
  test(
    "takes the three applications through all steps, line by line where there is no terminal, and ends with 0",
    { timeout },
    async () => {
      const { stdout, stderr } = await promisify(execFile)(
        process.execPath,
        ["--import", "tsx", "examples/start/main.ts", "--frameworks"],
        { cwd: root },
      )
      expect(stderr).toBe("")
      expect(stdout).not.toContain(escape)
      expect(stdout).toMatch(/Express +Koa +Fastify$/m)
      const lines = stdout.split("\n")
      expect(rowsByStep(lines)).toEqual(oneEach)
      for (const { title, expected } of steps) {
        const status = Object.keys(expected.answers)[0]?.slice(0, 3)
        expect(lines.find((line) => line.startsWith(title))).toMatch(new RegExp(`(✓ ${status} +[\\d.]+ *){3}$`))
      }
      expect(stdout).toMatch(/^deliveries arrived +203 +203 +203$/m)
      expect(stdout).toMatch(/^de-duplicated +1 +1 +1$/m)
      expect(stdout).toMatch(/^refused +3 +3 +3$/m)
      expect(stdout).toMatch(/^All as expected in Express, Koa, Fastify/m)
      expect(stdout).toContain("README.md")
    },
  )

  test("draws over itself on a terminal, in 60 columns, with colours unless NO_COLOR is set", { timeout }, async () => {
    const [coloured, plain] = [terminal(60, 40), terminal(60, 40)]
    expect(await demonstrate([expressApplication], coloured)).toEqual([])
    vi.stubEnv("NO_COLOR", "1")
    expect(await demonstrate([expressApplication], plain)).toEqual([])
    const lines = screenOf(coloured.text)
    expect(rowsByStep(lines)).toEqual(oneEach)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(60)
    expect(coloured.text).toContain(`${escape}[32m✓ 200`)
    expect(plain.text).toContain("✓ 200")
    expect(plain.text).not.toMatch(colourCode)
    expect(plain.text).toMatch(drawingOver)
  })

  test("prints line by line on a terminal that is too low for the table", { timeout }, async () => {
    const low = terminal(80, 10)
    expect(await demonstrate([koaApplication], low)).toEqual([])
    expect(low.text).not.toMatch(drawingOver)
    expect(rowsByStep(withoutColour(low.text).split("\n"))).toEqual(oneEach)
  })

  test("says what is wrong with an application that says 200 to everything", { timeout }, async () => {
    const output = terminal(80, 10)
    const problems = await demonstrate([deaf], output)
    expect(problems).toContain('Deaf, a wrong secret: answer "401": expected 1, but got none')
    expect(problems).toContain('Deaf, a wrong secret: answer "200": expected none, but got 1')
    expect(problems).toContain('Deaf, a text message: run of the bot "attempt 1 succeeded": expected 1, but got none')
    expect(withoutColour(output.text)).toContain("Not as expected:")
    expect(withoutColour(output.text)).toContain("✗ 200")
    expect(withoutColour(output.text)).not.toContain("All as expected")
  })
})

/** An application that never hands a request to its webhook. */
const deaf: Application = {
  name: "Deaf",
  async start() {
    const server = createServer((request, response) => void request.resume().on("end", () => response.end()))
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    const close = (): void => {
      server.closeAllConnections()
      server.close()
    }
    return { port: (server.address() as AddressInfo).port, close }
  },
}

describe("the comparison", () => {
  const expected: Effect = {
    answers: { 200: 1 },
    runs: { "attempt 1 succeeded": 1 },
    events: { received: 1, finished: 1 },
  }

  test("finds nothing where all is as expected", () => {
    expect(differences(expected, { ...expected })).toEqual([])
  })

  test.for([
    ["a missing run", { ...expected, runs: {} }, 'run of the bot "attempt 1 succeeded": expected 1, but got none'],
    [
      "a doubled run",
      { ...expected, runs: { "attempt 1 succeeded": 2 } },
      'run of the bot "attempt 1 succeeded": expected 1, but got 2',
    ],
    [
      "an unexpected run",
      { ...expected, runs: { ...expected.runs, "attempt 1 failed": 1 } },
      'run of the bot "attempt 1 failed": expected none, but got 1',
    ],
    ["a missing event", { ...expected, events: { received: 1 } }, 'event "finished": expected 1, but got none'],
    ["another answer", { ...expected, answers: { 200: 1, 500: 1 } }, 'answer "500": expected none, but got 1'],
  ] as const)("finds %s", ([, actual, line]) => {
    expect(differences(expected, actual)).toEqual([line])
  })
})
