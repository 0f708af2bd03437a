import { once } from "node:events"
import { createServer, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import type { ServeOptions } from "@hookgram/node"
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest"
import { Program } from "../examples/program.ts"
import { ApiFailure, BotApi, botToken } from "../support/bot-api.ts"
import { until } from "../support/gate.ts"
import { ask, deliver, folder, secretToken, update } from "./served.ts"

/** What a program's handler waits for. */
let gate: Server
let waiting: ServerResponse[]
let telegram: BotApi

beforeEach(async () => {
  waiting = []
  gate = createServer((_request, response) => void waiting.push(response)).listen(0, "127.0.0.1")
  await once(gate, "listening")
  telegram = await BotApi.start()
})

afterEach(async () => {
  gate.close().closeAllConnections()
  await telegram.stop()
})

const webhook = { url: "https://bot.example.com/telegram" }
const common = { host: "127.0.0.1", port: 0 }

function variables(options: Partial<ServeOptions>, more: Record<string, string> = {}): Record<string, string> {
  const url = `http://127.0.0.1:${(gate.address() as AddressInfo).port}/`
  return { GATE: url, SECRET_TOKEN: secretToken, OPTIONS: JSON.stringify({ ...common, ...options }), ...more }
}

function withApi(): Record<string, string> {
  return { API_URL: telegram.root, BOT_TOKEN: botToken }
}

async function start(options: Partial<ServeOptions> = {}, more?: Record<string, string>): Promise<Program> {
  const program = await Program.start("test/serve/programs/bot.ts", variables(options, more))
  onTestFinished(() => program.kill())
  return program
}

/** Delivers an update whose handler waits from then on. */
async function busy(program: Program): Promise<{ answer: Promise<{ status: number }> }> {
  const before = waiting.length
  const answer = program.deliver(update).catch(() => ({ status: 0 }))
  await until(() => waiting.length > before)
  return { answer }
}

function letGo(): void {
  for (const response of waiting.splice(0)) response.end()
}

describe.each(["SIGTERM", "SIGINT"] as const)("%s", (signal) => {
  test("ends the process with 0 when what runs is done and answered", async () => {
    const program = await start()
    const { answer } = await busy(program)
    program.signal(signal)
    await program.refuses()
    expect((await program.get("/health/ready")).status).toBe(503)
    letGo()
    expect((await answer).status).toBe(200)
    expect(await program.exited).toBe(0)
    expect(program.errors).toBe("")
  })

  test("the second time ends it at once", async () => {
    const program = await start()
    await busy(program)
    program.signal("SIGTERM")
    await program.refuses()
    program.signal(signal)
    expect(await program.exited).toBe(signal === "SIGTERM" ? 143 : 130)
  })
})

test("a handler that never returns does not hold the end up", async () => {
  const program = await start({ drainTimeout: 100 })
  await busy(program)
  expect(await program.terminate()).toBe(0)
})

test("while Telegram puts the registration off, the process ends all the same, with 0", async () => {
  telegram.answer("getWebhookInfo", () => ({ url: "" }))
  telegram.answer("setWebhook", () => {
    throw new ApiFailure(429, "Too Many Requests: retry after 1")
  })
  const program = Program.run("test/serve/programs/bot.ts", variables({ webhook }, withApi()))
  onTestFinished(() => program.kill())
  await telegram.called("setWebhook")
  expect(await program.terminate()).toBe(0)
  expect(program.errors).toBe("")
})

test("while it waits for what runs, it does not go on with the registration", async () => {
  telegram.answer("getWebhookInfo", () => ({ url: "" }))
  telegram.answer("setWebhook", () => {
    throw new ApiFailure(429, "Too Many Requests: retry after 1")
  })
  const socketPath = join(folder(), "bot.sock")
  const options = { host: undefined, port: undefined, socket: socketPath, webhook }
  const program = Program.run("test/serve/programs/bot.ts", variables(options, withApi()))
  onTestFinished(() => program.kill())
  await telegram.called("setWebhook")
  const answer = deliver("http://bot/telegram", { socketPath })
  await until(() => waiting.length > 0)
  program.signal("SIGTERM")
  await expect.poll(() => ask("http://bot/health/ready", { socketPath })).toMatchObject({ status: 503 })
  const before = telegram.calls.length
  await setTimeout(2000) // it would have been tried again after one
  letGo()
  expect((await answer).status).toBe(200)
  expect(await program.exited).toBe(0)
  expect(telegram.calls).toHaveLength(before)
})

test("while Telegram does not answer at all, too", async () => {
  telegram.answer("getWebhookInfo", () => new Promise(() => {}))
  const program = Program.run("test/serve/programs/bot.ts", variables({ webhook }, withApi()))
  onTestFinished(() => program.kill())
  await telegram.called("getWebhookInfo")
  expect(await program.terminate()).toBe(0)
})

test("the webhook is deleted before the process ends", async () => {
  const program = await start({ deleteOnStop: true }, withApi())
  expect(await program.terminate()).toBe(0)
  expect(telegram.callsTo("deleteWebhook")).toHaveLength(1)
})

test("an end that fails is told, without the token, and is 1", async () => {
  telegram.answer("deleteWebhook", () => {
    throw new ApiFailure(401, "Unauthorized")
  })
  const program = await start({ deleteOnStop: true }, withApi())
  expect(await program.terminate()).toBe(1)
  expect(program.errors).toContain("Unauthorized")
  expect(program.errors).not.toContain(botToken)
})

test("of two servers in one process, the one that is done first waits for the other", async () => {
  const program = await start({}, { OTHER: JSON.stringify(common) })
  const { answer } = await busy(program)
  program.signal("SIGTERM")
  await program.refuses()
  letGo()
  expect((await answer).status).toBe(200)
  expect(await program.exited).toBe(0)
})

test("`signals: false` leaves the signals alone", async () => {
  expect(await (await start({ signals: false })).terminate()).toBe("SIGTERM")
})
