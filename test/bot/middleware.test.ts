import { GiveUp, RetryLater } from "@hookgram/core"
import { expect, test } from "vitest"
import { asking } from "./asking.ts"
import { callbackQuery, message } from "./pretend.ts"

test("middleware runs around the handler, in its order, wherever it was added", async () => {
  const { bot } = asking()
  const seen: string[] = []
  bot.on.message(() => void seen.push("handler"))
  for (const name of ["outer", "inner"]) {
    bot.use(async ({ update }, next) => {
      seen.push(`${name} ${update.message?.text}`)
      await next()
      seen.push(`after ${name}`)
    })
  }
  await bot.handleUpdate(message("hi"))
  expect(seen).toEqual(["outer hi", "inner hi", "handler", "after inner", "after outer"])
})

test("middleware that does not go on keeps the update from the handlers; one that goes on twice runs them once", async () => {
  const { bot } = asking()
  let handled = 0
  bot.on.message(() => void handled++)
  bot.use(async ({ update }, next) => {
    if (update.message?.text === "spam") return
    await next()
    await next()
  })
  await bot.handleUpdate(message("spam"))
  expect(handled).toBe(0)
  await bot.handleUpdate(message("ham"))
  expect(handled).toBe(1)
})

test("a failure goes to catch with the context, and the update is done", async () => {
  const { bot } = asking()
  const seen: unknown[] = []
  bot.on.message(() => Promise.reject(new Error("late")))
  bot.on.callback_query(() => {
    throw new Error("at once")
  })
  bot.catch((error, { update }) => void seen.push([(error as Error).message, update.update_id]))
  const updates = [message("a"), callbackQuery("b")]
  for (const update of updates) await bot.handleUpdate(update)
  expect(seen).toEqual([
    ["late", updates[0]!.update_id],
    ["at once", updates[1]!.update_id],
  ])
})

test("without catch, and when catch throws, the failure is the update's", async () => {
  const { bot } = asking()
  bot.on.message(() => Promise.reject(new Error("first")))
  await expect(bot.handleUpdate(message("a"))).rejects.toThrow("first")
  bot.catch((error) => {
    throw error
  })
  await expect(bot.handleUpdate(message("a"))).rejects.toThrow("first")
})

test("GiveUp and RetryLater are no failures to catch", async () => {
  const { bot } = asking()
  bot.on.message(({ text }) => {
    throw text === "later" ? new RetryLater(5) : new GiveUp("gone")
  })
  let caught = 0
  bot.catch(() => void caught++)
  await expect(bot.handleUpdate(message("later"))).rejects.toMatchObject({ code: "retry_later" })
  await expect(bot.handleUpdate(message("never"))).rejects.toMatchObject({ code: "give_up" })
  expect(caught).toBe(0)
})

test("middleware sees updates that no handler is for", async () => {
  const { bot } = asking()
  const seen: unknown[] = []
  bot.use(async ({ update }, next) => {
    await next()
    seen.push(update.callback_query?.data)
  })
  await bot.handleUpdate(callbackQuery("a"))
  expect(seen).toEqual(["a"])
})

test("an update is not done before its handler, also where middleware does not wait for it", async () => {
  const { bot } = asking()
  const seen: string[] = []
  bot.use(({ update }, next) => {
    void next()
    if (update.message?.text === "tired") throw new Error("tired")
  })
  bot.on.message(async ({ text }) => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    if (text === "fail") throw new Error("failed")
    seen.push(text!)
  })
  await bot.handleUpdate(message("a"))
  expect(seen).toEqual(["a"])
  await expect(bot.handleUpdate(message("fail"))).rejects.toThrow("failed")
  await expect(bot.handleUpdate(message("tired"))).rejects.toThrow("tired")
  expect(seen).toEqual(["a", "tired"])
})

test("middleware may keep a failure to itself", async () => {
  const { bot } = asking()
  const seen: unknown[] = []
  bot.use((_, next) => next().catch((error: Error) => seen.push(error.message)))
  bot.on.message(() => Promise.reject(new Error("broken")))
  await bot.handleUpdate(message("a"))
  expect(seen).toEqual(["broken"])
})
