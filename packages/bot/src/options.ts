import { checked } from "@hookgram/core"
import { z } from "zod"
import { type Asks, memoryAsks } from "./asks.ts"

/** What can be said of a bot. Nothing is required. */
export interface BotOptions {
  /**
   * The name of the bot, without `@`.
   * @default what Telegram says, asked when somebody first writes a command with a name, such as `/start@example_bot`
   */
  readonly username?: string | undefined
  /**
   * Whether the first call of a handler may answer the webhook itself, which saves a request. Only a call that nobody awaits
   * does: `(message) => message.answer("Hello")`. It is kept until the handler is done, or calls something else, or the
   * deadline comes. Its result and its error are not seen, and it is lost when the connection breaks at that moment
   * (facts, 4). By polling, and after the deadline, all calls are requests.
   * @default false
   */
  readonly webhookReply?: boolean | undefined
  /**
   * Where the questions of `message.ask` are known: `redisAsks()` where several processes get the updates of this bot, since
   * the answer may come to another one than has asked.
   * @default the memory of this process
   */
  readonly asks?: Asks | undefined
}

export type ResolvedBotOptions = Required<Omit<BotOptions, "username">> & Pick<BotOptions, "username">

const schema: z.ZodType<ResolvedBotOptions> = z.strictObject({
  username: z.string({ error: "must be a text" }).regex(/^\w+$/, "must be the bot's name without @").optional(),
  webhookReply: z.boolean({ error: "must be true or false" }).default(false),
  asks: z.custom<Asks>(isAsks, "must have open and offer, as redisAsks() has").default(memoryAsks),
})

function isAsks(value: unknown): boolean {
  const { open, offer } = (value ?? {}) as Partial<Record<keyof Asks, unknown>>
  return typeof open === "function" && typeof offer === "function"
}

/** @throws HookgramError `invalid_options`, naming every field that is wrong */
export function resolveBotOptions(options: BotOptions): ResolvedBotOptions {
  return checked("These options of the bot are wrong", schema.safeParse(options))
}
