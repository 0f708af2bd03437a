import { z } from "zod"
import { parseNetwork } from "./address.ts"
import type { DedupStore } from "./dedup.ts"
import { HookgramError } from "./errors.ts"
import { logFailures, type Observer } from "./events.ts"
import type { Handler } from "./handler.ts"
import type { LaneKey } from "./lanes.ts"
import { memoryDedup } from "./memory-dedup.ts"
import type { WebhookReply } from "./reply.ts"
import { secretTokenFormat } from "./secret.ts"
import { laneOf, type Update } from "./update.ts"

/** What a webhook is made of. Times are in milliseconds. */
export interface WebhookOptions {
  /** What is run for each update: a function, or a bot of a library that has `handleUpdate`. */
  readonly handler: Handler
  /**
   * The `secret_token` that the webhook was set with, or several while it is being rotated: 1 to 256 of
   * `A-Z a-z 0-9 _ -`. `false` accepts requests from anybody; it is the only way to go without.
   */
  readonly secretToken: string | readonly string[] | false
  /**
   * The only addresses (IPv4, IPv6, CIDR) that requests may come from; for example `telegramNetworks`. Behind a proxy,
   * the framework must be told to trust it.
   * @default any address
   */
  readonly allowedAddresses?: readonly string[]
  /**
   * The most bytes of a body. Telegram's own limit for an update is 524 288 (facts, 1.2).
   * @default 1_048_576
   */
  readonly bodyLimit?: number
  /**
   * How long a body may take to arrive.
   * @default 30_000
   */
  readonly bodyTimeout?: number
  /**
   * How long Telegram is kept waiting for the handler: 0 (answer at once) to 55 000. Telegram itself gives up after
   * 60 s (facts, 3.5), and after a quiet spell it sends the bot nothing else while it waits (facts, 2.5).
   * @default 5000
   */
  readonly deadline?: number
  /**
   * What Telegram is told at the deadline, while the handler goes on: `"acknowledge"` 200, after which a crash loses the
   * update; `"retry"` 503, and the redelivery joins the run.
   * @default "acknowledge"
   */
  readonly onDeadline?: "acknowledge" | "retry"
  /**
   * The lane of an update: those of one lane never overlap. `undefined` for none.
   * @default the chat, else the user
   */
  readonly lane?: (update: Update) => LaneKey | undefined
  /**
   * The most handlers that run at once, detached ones not counted.
   * @default 1000
   */
  readonly concurrency?: number
  /**
   * The most updates that wait for their lane or for one of the `concurrency` slots. Above it Telegram is told 503 and
   * keeps them.
   * @default 1000
   */
  readonly queueLimit?: number
  /**
   * How often an update is tried before it becomes a dead letter.
   * @default 15
   */
  readonly maxAttempts?: number
  /**
   * An update whose event is older than this becomes a dead letter unseen. Kinds that carry no date never are.
   * @default Infinity
   */
  readonly maxAge?: number
  /**
   * Where claims are kept. Needs `botId`.
   * @default memoryDedup()
   */
  readonly dedup?: DedupStore
  /** The bot's id, or any name of it: it keeps the bots apart that share a `dedup` store. */
  readonly botId?: string | number
  /**
   * How long a claim outlives the process that held it; renewed while the handler runs. At least `deadline` + 5000.
   * @default deadline + 25_000
   */
  readonly lease?: number
  /**
   * Takes an update that was given up on, with the error and the number of attempts. While it fails, the update is not
   * lost: Telegram is told 500 if it still waits.
   */
  readonly onDeadLetter?: (update: Update, error: unknown, attempts: number) => unknown
  /** Sends a returned reply that cannot ride on the answer, because that is gone or Telegram would ignore it. */
  readonly callApi?: (call: WebhookReply) => unknown
  /**
   * Sees all that happens; what it throws is ignored.
   * @default logFailures
   */
  readonly onEvent?: Observer
}

/** The options with their defaults. */
export interface ResolvedOptions extends Required<Omit<WebhookOptions, "secretToken" | "allowedAddresses" | "onDeadLetter" | "callApi">> {
  readonly secretToken: readonly string[] | false
  readonly allowedAddresses: readonly string[] | undefined
  readonly onDeadLetter: WebhookOptions["onDeadLetter"]
  readonly callApi: WebhookOptions["callApi"]
}

function callable<T>(what: string): z.ZodType<T> {
  return z.custom<T>((value) => typeof value === "function", `must be ${what}`)
}

function withMethods<T>(methods: readonly string[], message: string): z.ZodType<T> {
  return z.custom<T>(
    (value) => typeof value === "object" && value !== null && methods.every((method) => typeof (value as Record<string, unknown>)[method] === "function"),
    message,
  )
}

const milliseconds = z.number({ error: "must be a number of milliseconds" }).nonnegative("must not be negative")
const count = z.int({ error: "must be a whole number" })

const secret = z
  .string({ error: "must be the secret_token that the webhook was set with, a list of them, or false to accept requests from anybody" })
  .regex(secretTokenFormat, "must be 1 to 256 of A-Z a-z 0-9 _ -")

const schema = z
  .strictObject({
    handler: z.union([callable<Handler>("a function"), withMethods<Handler>(["handleUpdate"], "")], {
      error: "must be a function, or a bot with a handleUpdate method",
    }),
    secretToken: z.preprocess(
      (value) => (typeof value === "string" || value === undefined ? [value] : value),
      z.union([z.literal(false), z.array(secret).nonempty("must not be an empty list")]),
    ),
    allowedAddresses: z.array(z.string().refine((text) => parseNetwork(text) !== undefined, "must be an address or a CIDR network, such as 149.154.160.0/20")).optional(),
    bodyLimit: count.positive("must be positive").default(1_048_576),
    bodyTimeout: milliseconds.positive("must be positive").default(30_000),
    deadline: milliseconds.max(55_000, "must be at most 55000: Telegram gives up after 60 s").default(5000),
    onDeadline: z.enum(["acknowledge", "retry"], { error: 'must be "acknowledge" or "retry"' }).default("acknowledge"),
    lane: callable<(update: Update) => LaneKey | undefined>("a function").default(() => laneOf),
    concurrency: count.positive("must be at least 1").default(1000),
    queueLimit: count.nonnegative("must not be negative").default(1000),
    maxAttempts: count.positive("must be at least 1").default(15),
    maxAge: z.union([z.literal(Number.POSITIVE_INFINITY), milliseconds.positive()], { error: "must be a positive number of milliseconds" }).default(Number.POSITIVE_INFINITY),
    dedup: withMethods<DedupStore>(["claim", "renew", "complete", "release"], "must be a store: claim, renew, complete, release").optional(),
    botId: z.union([z.string().min(1), count], { error: "must be the bot's id" }).optional(),
    lease: milliseconds.optional(),
    onDeadLetter: callable<NonNullable<WebhookOptions["onDeadLetter"]>>("a function").optional(),
    callApi: callable<NonNullable<WebhookOptions["callApi"]>>("a function").optional(),
    onEvent: callable<Observer>("a function").default(() => logFailures),
  })
  .superRefine((options, context) => {
    const refuse = (field: string, message: string): void => context.addIssue({ code: "custom", path: [field], message })
    if (options.dedup && options.botId === undefined) refuse("botId", "is needed with dedup: it keeps the bots apart that share a store")
    if (options.lease !== undefined && options.lease < options.deadline + 5000) refuse("lease", "must be at least deadline + 5000")
    if (options.deadline === 0 && options.onDeadline === "retry") refuse("onDeadline", 'cannot be "retry" with deadline 0, which answers at once')
  })

/**
 * Checks options and fills in their defaults.
 *
 * @throws HookgramError `invalid_options`, naming every field that is wrong
 */
export function resolveOptions(options: WebhookOptions): ResolvedOptions {
  const result = schema.safeParse(options)
  if (!result.success) {
    const problems = result.error.issues.flatMap(describe)
    throw new HookgramError("invalid_options", `These webhook options are wrong:\n${problems.map((problem) => `  ${problem}`).join("\n")}`)
  }
  const { secretToken, dedup, botId, lease, ...rest } = result.data
  return {
    ...rest,
    secretToken: secretToken,
    allowedAddresses: rest.allowedAddresses,
    dedup: dedup ?? memoryDedup(),
    botId: botId ?? "",
    lease: lease ?? rest.deadline + 25_000,
    onDeadLetter: rest.onDeadLetter,
    callApi: rest.callApi,
  }
}

function describe(issue: z.core.$ZodIssue): string[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => `${key}: is not an option`)
  if (issue.code === "invalid_union" && issue.errors.length > 0 && issue.path[0] === "secretToken") {
    // Of the two forms, `false` and a list, the list has the better explanation.
    const nested = issue.errors.flat().filter((inner) => inner.code !== "invalid_value")
    return nested.length > 0 ? nested.map((inner) => `secretToken: ${inner.message}`) : []
  }
  return [`${issue.path.join(".") || "options"}: ${issue.message}`]
}
