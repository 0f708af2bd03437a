import { Telegraf } from "telegraf"
import { afterEach, describe, expect, test, vi } from "vitest"
import { ApiFailure, botToken } from "../support/bot-api.ts"
import { recordedUpdate } from "../support/updates.ts"
import { telegrafBot } from "./libraries.ts"
import { frameworks, gate, setup } from "./start.ts"

const [framework] = frameworks as [(typeof frameworks)[number]]

const me = { id: 5_000_000, is_bot: true, first_name: "Local", username: "local_bot" }

const command = recordedUpdate("message-58-start-command")
const text = recordedUpdate("message-26-text-plain")
const button = recordedUpdate("callback_query-08-hundred-buttons")

describe("Telegraf", () => {
  const context = setup()

  afterEach(() => {
    process.exitCode = undefined
    vi.restoreAllMocks()
  })

  test("asks who it is once, though the first updates come at once", async () => {
    const { api } = context
    const known = gate()
    api.answer("getMe", async () => {
      await known.opened
      return me
    })
    const { deliver, seen } = await context.start(framework, { handler: telegrafBot(api) })
    const answers = [deliver(command), deliver(text), deliver(button)]
    await seen("started", 3)
    known.open()
    for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ status: 200 })
    expect(api.callsTo("getMe")).toHaveLength(1)
    expect(api.callsTo("sendMessage")).toHaveLength(2)
  })

  // Its own doing: `botInfoCall` keeps the promise that was rejected. Hence `bot.botInfo = …` in examples/with-telegraf.ts.
  test("does not ask again when its first call has failed, but can be told", async () => {
    const { api } = context
    api.answer("getMe", () => {
      throw new ApiFailure(500, "Internal Server Error")
    })
    const bot = telegrafBot(api)
    const { deliver } = await context.start(framework, { handler: bot })
    expect(await deliver(text)).toMatchObject({ status: 500 })
    api.answer("getMe", () => me)
    expect(await deliver(text)).toMatchObject({ status: 500 })
    expect(api.callsTo("getMe")).toHaveLength(1)
    bot.botInfo = await bot.telegram.getMe()
    expect(await deliver(text)).toMatchObject({ status: 200 })
  })

  test("fails the delivery without a bot.catch, and sets the exit code of the process", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {})
    const bot = new Telegraf(botToken, { telegram: { apiRoot: context.api.root } })
    bot.use(() => {
      throw new Error("The database is down.")
    })
    const { deliver } = await context.start(framework, { handler: bot })
    expect(await deliver(text)).toMatchObject({ status: 500 })
    expect(process.exitCode).toBe(1)
  })

  test("confirms the update when its bot.catch has dealt with the error", async () => {
    const bot = telegrafBot(context.api, () => {
      throw new Error("The database is down.")
    })
    const caught: unknown[] = []
    bot.catch((error) => void caught.push(error))
    const { deliver } = await context.start(framework, { handler: bot })
    expect(await deliver(text)).toMatchObject({ status: 200 })
    expect(caught).toHaveLength(1)
  })

  // Its own doing: the middleware is not stopped by the timeout. Hence `handlerTimeout: Infinity` in examples/with-telegraf.ts.
  test("fails at its handlerTimeout, and the repetition then runs beside the middleware that goes on", async () => {
    const release = gate()
    let running = 0
    const bot = telegrafBot(
      context.api,
      async () => {
        running++
        await release.opened
      },
      { handlerTimeout: 20 },
    )
    const { deliver } = await context.start(framework, { handler: bot })
    expect(await deliver(text)).toMatchObject({ status: 500 })
    expect(await deliver(text)).toMatchObject({ status: 500 })
    expect(running).toBe(2)
    release.open()
  })

  test("leaves the time to the webhook's deadline when its handlerTimeout is Infinity", async () => {
    const { api } = context
    const release = gate()
    const bot = telegrafBot(api, () => release.opened, { handlerTimeout: Number.POSITIVE_INFINITY })
    const { deliver, seen, webhook } = await context.start(framework, { handler: bot, deadline: 20 })
    expect(await deliver(text)).toMatchObject({ status: 200 })
    expect(webhook.status().counters).toMatchObject({ started: 1, acknowledged: 1 })
    release.open()
    await seen("finished")
    expect(api.callsTo("sendMessage")).toHaveLength(1)
  })

  test("sends files", async () => {
    const { api } = context
    const bot = new Telegraf(botToken, { telegram: { apiRoot: api.root } })
    bot.on("message", (ctx) => ctx.replyWithDocument({ source: Buffer.from("1;2;3"), filename: "report.csv" }))
    const { deliver } = await context.start(framework, { handler: bot })
    expect(await deliver(text)).toMatchObject({ status: 200 })
    const [sent] = api.callsTo("sendDocument")
    expect(sent?.params["chat_id"]).toBe("123456789")
    const document = sent?.params["document"] as File
    expect(document).toBeInstanceOf(File)
    expect(await document.text()).toBe("1;2;3")
  })
})
