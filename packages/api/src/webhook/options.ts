import { checked } from "@hookgram/core"
import { z } from "zod"
import { abortSignal, flag, milliseconds } from "../fields.ts"
import type { WebhookStore } from "./store.ts"

/** How to go about {@link ensureWebhook}. Nothing is required. */
export interface EnsureOptions {
  /**
   * What remembers a hash of what was set, so that a new secret or certificate is noticed, too. With its `lock`, one of many
   * replicas sets the webhook.
   */
  readonly store?: WebhookStore | undefined
  /**
   * Whether to set it even if no difference is seen: without a store, after the secret or the certificate was changed. Meant
   * for one process, not for all replicas: each of them then has its turn, one in a second.
   * @default false
   */
  readonly always?: boolean | undefined
  /**
   * How long to try while others are setting it or Telegram puts it off, in milliseconds.
   * @default 60_000
   */
  readonly timeout?: number | undefined
  /** Ends the calls and the waits, with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

export type ResolvedEnsureOptions = Required<Omit<EnsureOptions, "store" | "signal">> &
  Pick<EnsureOptions, "store" | "signal">

const schema: z.ZodType<ResolvedEnsureOptions> = z.strictObject({
  store: z.custom<WebhookStore>(isStore, "must have get and set, and may have lock, all functions").optional(),
  always: flag,
  timeout: milliseconds.min(0, "must not be negative").default(60_000),
  signal: abortSignal,
})

function isStore(value: unknown): boolean {
  const { get, set, lock } = (value ?? {}) as Partial<WebhookStore>
  return typeof get === "function" && typeof set === "function" && ["function", "undefined"].includes(typeof lock)
}

/** @throws HookgramError `invalid_options`, naming every field that is wrong */
export function resolveEnsureOptions(options: EnsureOptions): ResolvedEnsureOptions {
  return checked("These options of ensureWebhook are wrong", schema.safeParse(options))
}
