import { RetryLater } from "@hookgram/core"
import { Bot, InputFile } from "grammy"
import { describe, expect, test } from "vitest"
import { ApiFailure, botToken } from "../support/bot-api.ts"
import { recordedUpdate } from "../support/updates.ts"
import { grammyBot } from "./libraries.ts"
import { frameworks, gate, setup } from "./start.ts"

const [framework] = frameworks as [(typeof frameworks)[number]]

const command = recordedUpdate("message-58-start-command")
const text = recordedUpdate("message-26-text-plain")
const button = recordedUpdate("callback_query-08-hundred-buttons")

describe("grammY", () => {
  const context = setup()

  test("is initialised once, though the first updates come at once", async () => {
    const { api } = context
    const me = gate()
    api.answer("getMe", async () => {
      await me.opened
      return { id: 5_000_000, is_bot: true, first_name: "Local", username: "local_bot" }
    })
    const { deliver, seen } = await context.start(framework, { handler: grammyBot(api) })
    const answers = [deliver(command), deliver(text), deliver(button)]
    await seen("started", 3)
    me.open()
    for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ status: 200 })
    expect(api.callsTo("getMe")).toHaveLength(1)
    expect(api.callsTo("sendMessage")).toHaveLength(2)
    expect(api.callsTo("answerCallbackQuery")).toHaveLength(1)
  })

  test("is initialised anew when that has failed: the delivery fails, its repetition is handled", async () => {
    const { api } = context
    api.answer("getMe", () => {
      throw new ApiFailure(401, "Unauthorized")
    })
    const { deliver } = await context.start(framework, { handler: grammyBot(api) })
    expect(await deliver(text)).toMatchObject({ status: 500 })
    expect(await deliver(text)).toMatchObject({ status: 500 })
    api.answer("getMe", () => ({ id: 5_000_000, is_bot: true, first_name: "Local", username: "local_bot" }))
    expect(await deliver(text)).toMatchObject({ status: 200 })
    expect(await deliver(command)).toMatchObject({ status: 200 })
    expect(api.callsTo("getMe")).toHaveLength(3)
    expect(api.callsTo("sendMessage")).toHaveLength(2)
  })

  test("is not initialised when it knows who it is", async () => {
    const { api } = context
    const bot = grammyBot(api)
    await bot.init()
    const { deliver } = await context.start(framework, { handler: bot })
    expect(await deliver(text)).toMatchObject({ status: 200 })
    expect(api.callsTo("getMe")).toHaveLength(1)
  })

  test("fails the delivery also when bot.catch is set, which is for polling alone", async () => {
    const bot = grammyBot(context.api, () => {
      throw new Error("The database is down.")
    })
    const caught: unknown[] = []
    bot.catch((error) => void caught.push(error))
    const { deliver } = await context.start(framework, { handler: bot })
    expect(await deliver(text)).toMatchObject({ status: 500 })
    expect(caught).toEqual([])
  })

  test("confirms the update when an error boundary of the bot has dealt with the error", async () => {
    const { api } = context
    const bot = new Bot(botToken, { client: { apiRoot: api.root } })
    bot
      .errorBoundary(({ ctx }) => ctx.reply("Something went wrong."))
      .on("message", () => {
        throw new RetryLater(7)
      })
    const { deliver } = await context.start(framework, { handler: bot })
    expect(await deliver(text)).toMatchObject({ status: 200 })
    expect(api.callsTo("sendMessage").map(({ params }) => params["text"])).toEqual(["Something went wrong."])
  })

  test("sends files", async () => {
    const { api } = context
    const bot = new Bot(botToken, { client: { apiRoot: api.root } })
    bot.on("message", (ctx) => ctx.replyWithDocument(new InputFile(Buffer.from("1;2;3"), "report.csv")))
    const { deliver } = await context.start(framework, { handler: bot })
    expect(await deliver(text)).toMatchObject({ status: 200 })
    const [sent] = api.callsTo("sendDocument")
    expect(sent?.params["chat_id"]).toBe("123456789")
    const files = Object.values(sent?.params ?? {}).filter((value): value is File => value instanceof File)
    expect(files.map(({ name }) => name)).toEqual(["report.csv"])
    expect(await files[0]?.text()).toBe("1;2;3")
  })

  test("keeps the order of a chat while its updates come at once", async () => {
    const order: number[] = []
    const first = gate()
    const updates = [1, 2, 3].map((id) => recordedUpdate("message-26-text-plain", id))
    const { deliver, seen } = await context.start(framework, {
      handler: grammyBot(context.api, async ({ update_id }) => {
        if (update_id === 1) await first.opened
        order.push(update_id)
      }),
    })
    const answers: Promise<unknown>[] = []
    for (const [index, update] of updates.entries()) {
      answers.push(deliver(update))
      await seen("received", index + 1)
    }
    first.open()
    await Promise.all(answers)
    expect(order).toEqual([1, 2, 3])
  })
})
