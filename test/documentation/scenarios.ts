import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { expect } from "vitest"
import { Program, secretToken } from "../examples/program.ts"
import { BotApi, botToken } from "../support/bot-api.ts"
import { recordedUpdate } from "../support/updates.ts"

const env = { SECRET_TOKEN: secretToken, BOT_TOKEN: botToken, PORT: "0" }

const text = recordedUpdate("message-26-text-plain")
const command = recordedUpdate("message-58-start-command")

/** What looks at a program, and at the Bot API that it has for Telegram's. */
type Scenario = (program: Program, api: BotApi) => Promise<void>

/** What is done with a program that listens, by the name in its comment `<!-- run: name -->`. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  /** A webhook at /telegram: takes a recorded update, also twice, and refuses a wrong secret. */
  async delivery(program) {
    expect(await program.deliver(text)).toMatchObject({ status: 200 })
    expect(await program.deliver(text)).toMatchObject({ status: 200, body: "" })
    expect(await program.deliver(command, { secretToken: "wrong" })).toMatchObject({ status: 401, body: "" })
  },

  /** As `delivery`, and a text comes back as a webhook reply. */
  async echo(program, api) {
    const answer = await program.deliver(text)
    expect(JSON.parse(answer.body)).toEqual({ method: "sendMessage", chat_id: 123456789, text: "test test" })
    await scenarios["delivery"]?.(program, api)
  },

  /** As `delivery`, and a text comes back by a call. */
  async "echo-by-api"(program, api) {
    await scenarios["delivery"]?.(program, api)
    expect(api.callsTo("sendMessage").map(({ params }) => params)).toEqual([{ chat_id: 123456789, text: "test test" }])
  },

  /** As `echo-by-api`, and the webhook is registered. */
  async registered(program, api) {
    const registered = {
      url: "https://bot.example.com/telegram",
      secret_token: secretToken,
      allowed_updates: ["message"],
    }
    expect(await api.called("setWebhook")).toMatchObject([{ params: registered }])
    await scenarios["echo-by-api"]?.(program, api)
  },

  /** As `delivery`, and it answers health checks. */
  async health(program, api) {
    api.answer("getWebhookInfo", () => ({ url: "https://bot.example.com/telegram", pending_update_count: 3 }))
    await scenarios["delivery"]?.(program, api)
    expect((await program.get("/health/live")).status).toBe(200)
    expect((await program.get("/health/ready")).status).toBe(200)
    const report = await program.get("/health")
    expect(report.status).toBe(200)
    expect(await report.json()).toMatchObject({ healthy: true, telegram: { pendingUpdates: 3 } })
  },

  /** A program that listens and has no webhook in it. */
  async listens() {},
}

/** Runs a program, whatever port it asks for, on a free one, and has a scenario look at it. */
export async function runProgram(path: string, scenario: Scenario): Promise<void> {
  const api = await BotApi.start()
  const imports = [new URL("./listen-anywhere.ts", import.meta.url), new URL("./telegram-here.ts", import.meta.url)]
  const variables = { ...env, TELEGRAM: api.root }
  const program = await Program.start(
    path,
    variables,
    imports.map(({ href }) => href),
  )
  try {
    await scenario(program, api)
  } finally {
    await program.kill()
    await api.stop()
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
