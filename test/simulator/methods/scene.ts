import type { ApiMethods, Chat as ChatObject, Message, User } from "@grammyjs/types"
import { ApiError } from "../../../packages/simulator/src/api/error.ts"
import { Parameters, type UploadedFile } from "../../../packages/simulator/src/api/parameters.ts"
import type { Bot } from "../../../packages/simulator/src/bot.ts"
import type { Chat } from "../../../packages/simulator/src/chats/chat.ts"
import { administrator } from "../../../packages/simulator/src/chats/rights.ts"
import { World } from "../../../packages/simulator/src/chats/world.ts"
import { VirtualClock } from "../../../packages/simulator/src/clock/virtual.ts"
import { Journal } from "../../../packages/simulator/src/journal.ts"
import { chatMethods } from "../../../packages/simulator/src/methods/registry.ts"
import { Random } from "../../../packages/simulator/src/random.ts"

/** When the scenes begin, in Unix seconds. */
export const start = 1_800_000_000

export const ana: User = { id: 1001, is_bot: false, first_name: "Ana", username: "ana", language_code: "es" }
export const ben: User = { id: 1002, is_bot: false, first_name: "Ben" }

/** The parameters of a call: what is not text goes as JSON. */
export type Given = Record<string, unknown>

type Methods = ApiMethods<unknown>

/** A bot, Ana's private chat with it, and whatever chats a test adds. */
export class Scene {
  readonly clock: VirtualClock = new VirtualClock(start * 1000, 1000)
  readonly world: World = new World(this.clock, new Random(7), new Journal(100))
  readonly bot: Bot = this.world.addBot("4200:AAF-secret-of-the-simulated-bot-0001", { username: "plans_bot" })
  readonly chat: Chat

  constructor() {
    for (const user of [ana, ben]) this.world.users.set(user.id, user)
    this.chat = this.world.privateChat(ana, this.bot)
  }

  /** A group, supergroup or channel in which Ana and the bot are; the bot administers it if it has rights. */
  room(id: number, type: ChatObject["type"], traits: object = {}, rights?: object): Chat {
    const chat = this.world.addChat(id, type, { title: "Room", ...traits })
    const bot = this.world.users.get(this.bot.id)
    chat.setMember(ana)
    if (bot) chat.setMember(bot, rights && administrator(chat, bot, rights))
    return chat
  }

  /** What Ana writes. */
  said(text: string, chat: Chat = this.chat): Message {
    return this.world.post(chat, { user: ana }, { text }).message
  }

  /** Calls a method that returns a message. */
  call(method: string, given?: Given, files?: Record<string, UploadedFile>): Message {
    return this.#run(method, given, files) as Message
  }

  /** Calls any method. */
  ask<M extends keyof Methods>(method: M, given?: Given, files?: Record<string, UploadedFile>): ReturnType<Methods[M]> {
    return this.#run(method, given, files) as ReturnType<Methods[M]>
  }

  #run(method: string, given: Given = {}, files: Record<string, UploadedFile> = {}): unknown {
    const run = chatMethods[method]
    if (!run) throw new Error(`There is no ${method}`)
    const texts = Object.entries(given).map(([name, value]) => [name, asText(value)] as const)
    const parameters = new Parameters(new Map(texts), new Map(Object.entries(files)))
    return run({ world: this.world, bot: this.bot, method, parameters })
  }

  /** The code and description of the error that a call ends in. */
  fails(method: string, given: Given = {}): string {
    try {
      this.call(method, given)
    } catch (error) {
      if (error instanceof ApiError) return `${error.code} ${error.message}`
      throw error
    }
    return "did not fail"
  }

  /** The kinds and contents of the updates that wait for a bot, without those from before. */
  updates(bot: Bot = this.bot): [kind: string, content: unknown][] {
    const stored = bot.updates.from(0, 1000)
    return stored.map(({ kind, text }) => [kind, JSON.parse(Buffer.from(text, "latin1").toString()) as unknown])
  }
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value)
}

/** An upload. */
export function upload(name: string, type: string, content = "content"): UploadedFile {
  return { name, type, bytes: Buffer.from(content) }
}
