import { z } from "zod"
import { isNetwork } from "./address.ts"
import type { DedupStore } from "./dedup.ts"
import type { Observer } from "./events.ts"
import { logFailures } from "./log.ts"
import type { Handler } from "./handler.ts"
import type { LaneKey } from "./lanes.ts"
import type { ResolvedOptions, WebhookOptions } from "./options.ts"
import { secretTokenFormat } from "./secret.ts"
import { laneOf, type Update } from "./update.ts"

function callable<T>(what: string): z.ZodType<T> {
  return z.custom<T>((value) => typeof value === "function", `must be ${what}`)
}

function withMethods<T>(methods: readonly string[], message: string): z.ZodType<T> {
  return z.custom<T>(
    (value) =>
      typeof value === "object" &&
      value !== null &&
      methods.every((method) => typeof (value as Record<string, unknown>)[method] === "function"),
    message,
  )
}

const milliseconds = z
  .number({ error: "must be a number of milliseconds" })
  .nonnegative("must not be negative")
  .max(86_400_000, "must be at most 86400000, a day")
const count = z.int({ error: "must be a whole number" })

const secretToken = z
  .unknown()
  .superRefine((value, context) => {
    const secrets: unknown = typeof value === "string" ? [value] : value
    const refuse = (message: string, path: number[] = []): void => context.addIssue({ code: "custom", path, message })
    if (value === false) return
    if (!Array.isArray(secrets))
      refuse(
        "must be the secret_token that the webhook was set with, a list of them, or false to accept requests from anybody",
      )
    else if (secrets.length === 0) refuse("must not be an empty list")
    else
      for (const [index, secret] of secrets.entries()) {
        const fits = typeof secret === "string" && secretTokenFormat.test(secret)
        if (!fits) refuse("must be 1 to 256 of A-Z a-z 0-9 _ -", secrets === value ? [index] : [])
      }
  })
  .transform((value) => (value === false ? false : ([value].flat() as string[])))

const maxAge = z.custom<number>(
  (value) => typeof value === "number" && value > 0,
  "must be a positive number of milliseconds",
)

/** Options that are right each by itself, with those defaults that depend on no other. */
type CheckedOptions = Omit<ResolvedOptions, "dedup" | "botId" | "lease"> &
  Pick<WebhookOptions, "dedup" | "botId" | "lease">

/** Each option by itself, with its default. Unknown ones are refused. */
export const schema: z.ZodType<CheckedOptions> = z.strictObject({
  handler: z.union([callable<Handler>("a function"), withMethods<Handler>(["handleUpdate"], "")], {
    error: "must be a function, or a bot with a handleUpdate method",
  }),
  secretToken,
  allowedAddresses: z
    .array(z.string().refine(isNetwork, "must be an address or a CIDR network, such as 149.154.160.0/20"))
    .optional(),
  bodyLimit: count.positive("must be positive").default(1_048_576),
  bodyTimeout: milliseconds.positive("must be positive").default(30_000),
  deadline: milliseconds.max(55_000, "must be at most 55000: Telegram gives up after 60 s").default(5000),
  onDeadline: z.enum(["acknowledge", "retry"], { error: 'must be "acknowledge" or "retry"' }).default("acknowledge"),
  lane: callable<(update: Update) => LaneKey | undefined>("a function").default(() => laneOf),
  concurrency: count.positive("must be at least 1").default(1000),
  queueLimit: count.nonnegative("must not be negative").default(1000),
  maxAttempts: count.positive("must be at least 1").default(15),
  maxAge: maxAge.default(Number.POSITIVE_INFINITY),
  dedup: withMethods<DedupStore>(
    ["claim", "renew", "complete", "release"],
    "must be a store: claim, renew, complete, release",
  ).optional(),
  botId: z.union([z.string().min(1), count], { error: "must be the bot's id" }).optional(),
  lease: milliseconds.optional(),
  onDeadLetter: callable<NonNullable<WebhookOptions["onDeadLetter"]>>("a function").optional(),
  callApi: callable<NonNullable<WebhookOptions["callApi"]>>("a function").optional(),
  onEvent: callable<Observer>("a function").default(() => logFailures),
})
