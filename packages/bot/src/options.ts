import { HookgramError } from "@hookgram/core"
import { z } from "zod"

/** What can be said of a bot. Nothing is required. */
export interface BotOptions {
  /**
   * The name of the bot, without `@`.
   * @default what Telegram says, asked when somebody first writes a command with a name, such as `/start@example_bot`
   */
  readonly username?: string
  /**
   * Whether the first call of a handler may answer the webhook itself, which saves a request. Only a call that nobody awaits
   * does: `(message) => message.answer("Hello")`. It is kept until the handler is done, or calls something else, or the
   * deadline comes. Its result and its error are not seen, and it is lost when the connection breaks at that moment
   * (facts, 4). By polling, and after the deadline, all calls are requests.
   * @default false
   */
  readonly webhookReply?: boolean
}

export type ResolvedBotOptions = Required<Pick<BotOptions, "webhookReply">> & Pick<BotOptions, "username">

const schema: z.ZodType<ResolvedBotOptions> = z.strictObject({
  username: z.string({ error: "must be a text" }).regex(/^\w+$/, "must be the bot's name without @").optional(),
  webhookReply: z.boolean({ error: "must be true or false" }).default(false),
})

/** @throws HookgramError `invalid_options`, naming every field that is wrong */
export function resolveBotOptions(options: BotOptions): ResolvedBotOptions {
  const result = schema.safeParse(options)
  if (result.success) return result.data
  const problems = result.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => `${key}: is not an option`)
      : [`${issue.path.join(".") || "options"}: ${issue.message}`],
  )
  throw new HookgramError("invalid_options", `These options of the bot are wrong:\n  ${problems.join("\n  ")}`)
}
