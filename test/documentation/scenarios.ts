import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { expect } from "vitest"
import { Program, secretToken } from "../examples/program.ts"
import { botToken } from "../support/bot-api.ts"
import { recordedUpdate } from "../support/updates.ts"

const env = { SECRET_TOKEN: secretToken, BOT_TOKEN: botToken, PORT: "0" }

const text = recordedUpdate("message-26-text-plain")
const command = recordedUpdate("message-58-start-command")

/** What is done with a program that listens, by the name in its comment `<!-- run: name -->`. */
export const scenarios: Readonly<Record<string, (program: Program) => Promise<void>>> = {
  /** A webhook at /telegram: takes a recorded update, also twice, and refuses a wrong secret. */
  async delivery(program) {
    expect(await program.deliver(text)).toMatchObject({ status: 200 })
    expect(await program.deliver(text)).toMatchObject({ status: 200, body: "" })
    expect(await program.deliver(command, { secretToken: "wrong" })).toMatchObject({ status: 401, body: "" })
  },

  /** As `delivery`, and a text comes back as a webhook reply. */
  async echo(program) {
    const answer = await program.deliver(text)
    expect(JSON.parse(answer.body)).toEqual({ method: "sendMessage", chat_id: 123456789, text: "test test" })
    await scenarios["delivery"]?.(program)
  },

  /** A program that listens and has no webhook in it. */
  async listens() {},
}

/** Runs a program, whatever port it asks for, on a free one, and has a scenario look at it. */
export async function runProgram(path: string, scenario: (program: Program) => Promise<void>): Promise<void> {
  const program = await Program.start(path, env, [new URL("./listen-anywhere.ts", import.meta.url).href])
  try {
    await scenario(program)
  } finally {
    await program.kill()
  }
}

/** Runs modules that do not listen, each to its end. Gives back how each has failed, or `null`. */
export async function loadAll(paths: readonly string[]): Promise<Map<string, string | null>> {
  const script = fileURLToPath(new URL("./load-all.ts", import.meta.url))
  const variables = { PATH: process.env["PATH"], ...env }
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script, ...paths], {
    env: variables,
  })
  const results = stdout.split("\n").filter((line) => line.startsWith('{"path":'))
  return new Map(
    results
      .map((line) => JSON.parse(line) as { path: string; failure: string | null })
      .map(({ path, failure }) => [path, failure]),
  )
}
