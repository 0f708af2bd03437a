import { checked } from "@hookgram/core"
import { z } from "zod"
import { callable, flag, milliseconds } from "./fields.ts"

/** How a call is tried again; see {@link mayRepeat} for which. */
export interface RetryOptions {
  /**
   * How often a call is tried, the first time included.
   * @default 3
   */
  readonly attempts?: number | undefined
  /**
   * The longest wait between two attempts, in milliseconds. A call for which Telegram asks for more fails at once.
   * @default 60_000
   */
  readonly maxDelay?: number | undefined
}

/** What a client is made of. Nothing is required. */
export interface ApiOptions {
  /**
   * The root of the Bot API: another one for a Bot API server of one's own, or for the simulator.
   * @default "https://api.telegram.org"
   */
  readonly baseUrl?: string | undefined
  /**
   * Whether the token is one of Telegram's test environment.
   * @default false
   */
  readonly test?: boolean | undefined
  /**
   * What carries the calls out.
   * @default the global `fetch`
   */
  readonly fetch?: Fetch | undefined
  /**
   * How long one attempt may take, in milliseconds, upload included. `getUpdates` has 10 s more than its own `timeout`.
   * @default 60_000
   */
  readonly timeout?: number | undefined
  /** How calls are tried again; `false` for never. */
  readonly retry?: RetryOptions | false | undefined
}

/** As much of `fetch` as a client needs. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export interface ResolvedApiOptions {
  readonly baseUrl: string
  readonly test: boolean
  readonly fetch: Fetch
  readonly timeout: number
  readonly retry: Required<RetryOptions>
}

const defaults: Required<RetryOptions> = { attempts: 3, maxDelay: 60_000 }
const never: Required<RetryOptions> = { attempts: 1, maxDelay: 0 }

const positive = milliseconds.positive("must be positive")
const retrySchema = z.strictObject({
  attempts: z.int({ error: "must be a whole number" }).min(1, "must be at least 1").optional(),
  maxDelay: positive.optional(),
})

const schema = z.strictObject({
  baseUrl: z
    .url({ protocol: /^https?$/, error: "must be an http or https URL" })
    .default("https://api.telegram.org")
    .transform((url) => url.replace(/\/+$/, "")),
  test: flag,
  fetch: callable<Fetch>("a function such as the global fetch").default(
    () => (url: string, init: RequestInit) => globalThis.fetch(url, init),
  ),
  timeout: positive.default(60_000),
  retry: z
    .union([z.literal(false), retrySchema], { error: "must be false, or attempts and maxDelay" })
    .optional()
    .transform((value) => resolveRetry(value)),
})

/** How a call is tried again, be it by the options of the client or by those of the one call. */
export function resolveRetry(
  retry: RetryOptions | false | undefined,
  otherwise: Required<RetryOptions> = defaults,
): Required<RetryOptions> {
  if (retry === false) return never
  const { attempts = otherwise.attempts, maxDelay = otherwise.maxDelay } = retry ?? {}
  return { attempts, maxDelay }
}

/** @throws HookgramError `invalid_options`, naming every field that is wrong; never the token */
export function resolveApiOptions(token: string, options: ApiOptions): ResolvedApiOptions {
  const isToken = typeof token === "string" && /^\d+:[\w-]+$/.test(token)
  const conflicts = isToken ? [] : ["token: must be the one from @BotFather, such as 123456:ABC…"]
  return checked("These options of createApi are wrong", schema.safeParse(options), conflicts)
}
