import type { DedupStore } from "./dedup.ts"
import type { Observer } from "./events.ts"
import type { Handler } from "./handler.ts"
import type { LaneKey } from "./lanes.ts"
import { memoryDedup } from "./memory-dedup.ts"
import { checked } from "./problems.ts"
import type { WebhookReply } from "./reply.ts"
import { schema } from "./schema.ts"
import type { Update } from "./update.ts"

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
  readonly allowedAddresses?: readonly string[] | undefined
  /**
   * The most bytes of a body. Telegram's own limit for an update is 524 288 (facts, 1.2).
   * @default 1_048_576
   */
  readonly bodyLimit?: number | undefined
  /**
   * How long a body may take to arrive.
   * @default 30_000
   */
  readonly bodyTimeout?: number | undefined
  /**
   * How long Telegram is kept waiting for the handler: 0 (answer at once) to 55 000. Telegram itself gives up after
   * 60 s (facts, 3.5), and after a quiet spell it sends the bot nothing else while it waits (facts, 2.5).
   * @default 5000
   */
  readonly deadline?: number | undefined
  /**
   * What Telegram is told at the deadline, while the handler goes on: `"acknowledge"` 200, after which a crash loses the
   * update; `"retry"` 503, and the redelivery joins the run.
   * @default "acknowledge"
   */
  readonly onDeadline?: "acknowledge" | "retry" | undefined
  /**
   * The lane of an update: those of one lane never overlap. `undefined` for none.
   * @default the chat, else the user
   */
  readonly lane?: ((update: Update) => LaneKey | undefined) | undefined
  /**
   * The most handlers that run at once, detached ones not counted.
   * @default 1000
   */
  readonly concurrency?: number | undefined
  /**
   * The most updates that wait for their lane or for one of the `concurrency` slots. Above it Telegram is told 503 and
   * keeps them.
   * @default 1000
   */
  readonly queueLimit?: number | undefined
  /**
   * How often an update is tried before it becomes a dead letter.
   * @default 15
   */
  readonly maxAttempts?: number | undefined
  /**
   * An update whose event is older than this becomes a dead letter unseen. Kinds that carry no date never are.
   * @default Infinity
   */
  readonly maxAge?: number | undefined
  /**
   * Where claims are kept. Needs `botId`.
   * @default memoryDedup()
   */
  readonly dedup?: DedupStore | undefined
  /** The bot's id, or any name of it: it keeps the bots apart that share a `dedup` store. */
  readonly botId?: string | number | undefined
  /**
   * How long a claim outlives the process that held it; renewed while the handler runs. At least `deadline` + 5000.
   * @default deadline + 25_000
   */
  readonly lease?: number | undefined
  /**
   * Takes an update that was given up on, with the error and the number of attempts. While it fails, the update is not
   * lost: Telegram is told 500 if it still waits.
   */
  readonly onDeadLetter?: ((update: Update, error: unknown, attempts: number) => unknown) | undefined
  /** Sends a returned reply that cannot ride on the answer, because that is gone or Telegram would ignore it. */
  readonly callApi?: ((call: WebhookReply) => unknown) | undefined
  /**
   * Sees all that happens; what it throws is ignored.
   * @default logFailures
   */
  readonly onEvent?: Observer | undefined
}

type Optional = "allowedAddresses" | "onDeadLetter" | "callApi"

/** The options with their defaults. */
export interface ResolvedOptions
  extends Required<Omit<WebhookOptions, "secretToken" | "botId" | Optional>>, Pick<WebhookOptions, Optional> {
  readonly secretToken: readonly string[] | false
  readonly botId: string
}

/** What only shows when options are seen together, as far as each of them is of the right type. */
function conflicts({ dedup, botId, deadline = 5000, lease, onDeadline }: Partial<WebhookOptions>): string[] {
  const problems: string[] = []
  if (typeof dedup?.claim === "function" && botId === undefined)
    problems.push("botId: is needed with dedup: it keeps the bots apart that share a store")
  if (lease !== undefined && lease < deadline + 5000) problems.push("lease: must be at least deadline + 5000")
  if (deadline === 0 && onDeadline === "retry")
    problems.push('onDeadline: cannot be "retry" with deadline 0, which answers at once')
  return problems
}

/**
 * Checks options and fills in their defaults.
 *
 * @throws HookgramError `invalid_options`, naming every field that is wrong
 */
export function resolveOptions(options: WebhookOptions): ResolvedOptions {
  const { dedup, botId, lease, ...rest } = checked(
    "These webhook options are wrong",
    schema.safeParse(options),
    conflicts(options ?? {}),
  )
  return {
    ...rest,
    dedup: dedup ?? memoryDedup(),
    botId: String(botId ?? ""),
    lease: lease ?? rest.deadline + 25_000,
  }
}
