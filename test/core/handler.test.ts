import type { HandlerContext, Update } from "@hookgram/core"
import { describe, expect, test } from "vitest"
import { handlerFunction } from "../../packages/core/src/handler.ts"
import { recordedUpdate } from "../support/updates.ts"
import { gate } from "./gate.ts"

const update = recordedUpdate("message-59-text-hello")
const { signal } = new AbortController()
const context: HandlerContext = { attempt: 1, signal, closing: signal, deadline: 0, detach: () => {} }

const nothing = (): void => {}

/** A bot that notes how it was called. */
class PlainBot {
  readonly calls: unknown[][] = []

  handleUpdate(...args: unknown[]): unknown {
    this.calls.push(args)
    return { method: "sendMessage" }
  }
}

/** A bot that has to be initialised first, as grammY's. */
class CarefulBot extends PlainBot {
  inits = 0
  failing = false
  #inited = false

  isInited(): boolean {
    return this.#inited
  }

  async init(): Promise<void> {
    this.inits++
    if (this.failing) throw new Error("no network")
    this.#inited = true
  }
}

test("a function is used as it is", () => {
  expect(handlerFunction(nothing)).toBe(nothing)
})

test("a bot gets the update alone: a second argument would be taken for an HTTP response", async () => {
  const bot = new PlainBot()
  expect(await handlerFunction(bot)(update, context)).toEqual({ method: "sendMessage" })
  expect(bot.calls).toEqual([[update]])
  expect(bot.calls[0]![0]).toBe(update)
})

test("a bot that says that it takes the context gets it", async () => {
  class ContextBot extends PlainBot {
    readonly takesContext = true
  }
  const bot = new ContextBot()
  await handlerFunction(bot)(update, context)
  expect(bot.calls).toEqual([[update, context]])
})

test("what a bot throws is thrown, not swallowed", () => {
  const bot = {
    handleUpdate(): void {
      throw new Error("no")
    },
  }
  expect(() => handlerFunction(bot)(update, context)).toThrow("no")
})

test("what handleUpdate is replaced with later is what is called", async () => {
  const bot: { handleUpdate(update: Update): unknown } = { handleUpdate: () => 1 }
  const handler = handlerFunction(bot)
  bot.handleUpdate = () => 2
  expect(await handler(update, context)).toBe(2)
})

describe("a bot that has to be initialised", () => {
  test("is, before its first update only", async () => {
    const bot = new CarefulBot()
    const handler = handlerFunction(bot)
    expect(bot.inits).toBe(0)
    await handler(update, context)
    await handler(update, context)
    expect(bot.inits).toBe(1)
    expect(bot.calls).toEqual([[update], [update]])
  })

  test("is not when it is already", async () => {
    const bot = new CarefulBot()
    await bot.init()
    await handlerFunction(bot)(update, context)
    expect(bot.inits).toBe(1)
  })

  test("fails the attempt when that fails, and is tried again at the next", async () => {
    const bot = new CarefulBot()
    bot.failing = true
    const handler = handlerFunction(bot)
    await expect(handler(update, context)).rejects.toThrow("no network")
    expect(bot.calls).toEqual([])
    bot.failing = false
    await handler(update, context)
    expect(bot.calls).toEqual([[update]])
  })

  test("sees no update before it is", async () => {
    const ready = gate()
    const bot = new CarefulBot()
    const init = bot.init.bind(bot)
    bot.init = () => ready.opened.then(init)
    const handled = handlerFunction(bot)(update, context)
    await Promise.resolve()
    expect(bot.calls).toEqual([])
    ready.open()
    await handled
    expect(bot.calls).toEqual([[update]])
  })
})
