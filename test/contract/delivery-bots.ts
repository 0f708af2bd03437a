import type { Update } from "@hookgram/core"
import { expect } from "vitest"
import { gate, until } from "../support/gate.ts"
import type { ContractCase } from "./case.ts"
import { otherText, text } from "./delivery-samples.ts"
import { expectEmpty200, expectEmpty500, send } from "./delivery-stage.ts"

/** A bot of the shape of grammY's: it refuses updates before `init()`. */
class InitialisedBot {
  inits = 0
  readonly updates: number[] = []
  readonly #initialising: () => Promise<unknown>
  #ready = false

  constructor(initialising: () => Promise<unknown>) {
    this.#initialising = initialising
  }

  isInited(): boolean {
    return this.#ready
  }

  async init(): Promise<void> {
    this.inits++
    await this.#initialising()
    this.#ready = true
  }

  async handleUpdate({ update_id }: Update): Promise<void> {
    if (!this.#ready) throw new Error("Bot not initialized!")
    this.updates.push(update_id)
  }
}

export const botCases: readonly ContractCase[] = [
  {
    id: "bot-update-alone",
    level: "MUST",
    rests: "design, 3",
    title: "a bot's handleUpdate is called on the bot, with the update and nothing else",
    async run(start) {
      const calls: unknown[][] = []
      const bot = {
        name: "bot",
        handleUpdate(...args: unknown[]) {
          calls.push([this.name, ...args])
        },
      }
      const application = await start({ handler: bot })
      expectEmpty200(await application.deliver(text()))
      expect(calls).toEqual([["bot", text()]])
    },
  },
  {
    id: "bot-fails",
    level: "MUST",
    rests: "facts, 3.1; design, 3",
    title: "a bot whose handleUpdate fails is retried like any handler",
    async run(start) {
      let calls = 0
      const application = await start({
        handler: {
          async handleUpdate() {
            if (++calls === 1) throw new Error("no")
          },
        },
      })
      expectEmpty500(await application.deliver(text()))
      expectEmpty200(await application.deliver(text()))
      expectEmpty200(await application.deliver(text()))
      expect(calls).toBe(2)
    },
  },
  {
    id: "bot-init-once",
    level: "MUST",
    rests: "design, 3",
    title: "a bot with init() is initialised once before its first update, also when two updates come at the same time",
    async run(start) {
      const told = gate<unknown>()
      const bot = new InitialisedBot(() => told.passed)
      const application = await start({ handler: bot })
      const sent = [await send(application, text(1)), await send(application, otherText(2))]
      await until(() => bot.inits > 0)
      expect(bot.updates).toEqual([])
      told.open(undefined)
      for (const { answer } of sent) expectEmpty200(await answer)
      expectEmpty200(await application.deliver(text(3)))
      expect(bot.updates.toSorted()).toEqual([1, 2, 3])
      expect(bot.inits).toBe(1)
    },
  },
  {
    id: "bot-init-fails",
    level: "MUST",
    rests: "design, 3",
    title: "while a bot cannot be initialised its updates get 500; it is tried again with the next one",
    async run(start) {
      let offline = true
      const bot = new InitialisedBot(async () => {
        if (offline) throw new Error("offline")
      })
      const application = await start({ handler: bot })
      expectEmpty500(await application.deliver(text()))
      offline = false
      expectEmpty200(await application.deliver(text()))
      expect(bot.updates).toEqual([1])
      expect(bot.inits).toBe(2)
    },
  },
]
