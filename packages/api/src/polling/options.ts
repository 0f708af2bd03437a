import { checked, logFailures, type UpdateKind } from "@hookgram/core"
import { z } from "zod"
import { abortSignal, callable, flag, milliseconds } from "../fields.ts"

/** How to poll. Times are in milliseconds. */
export interface PollOptions {
  /** Ends the polling: what runs may finish. To give it a limit, close the webhook, too. */
  readonly signal?: AbortSignal | undefined
  /**
   * Whether to remove a webhook that is set; no update is dropped by that. Without it, polling refuses to start.
   * @default false
   */
  readonly deleteWebhook?: boolean | undefined
  /**
   * The most updates to fetch at once, and to have under way: 1 to 100.
   * @default 100
   */
  readonly limit?: number | undefined
  /**
   * How long Telegram may wait for an update before it answers, rounded up to whole seconds: 0 to 50 000.
   * @default 30_000
   */
  readonly timeout?: number | undefined
  /**
   * The kinds of updates to get, remembered by Telegram.
   * @default those that it was told last
   */
  readonly allowedUpdates?: readonly UpdateKind[] | undefined
  /**
   * Sees what went wrong and will be tried again.
   * @default to write it to `console.error`
   */
  readonly onError?: ((error: unknown) => void) | undefined
}

type Optional = "signal" | "allowedUpdates"

export type ResolvedPollOptions = Required<Omit<PollOptions, Optional>> & Pick<PollOptions, Optional>

const schema: z.ZodType<ResolvedPollOptions> = z.strictObject({
  signal: abortSignal,
  deleteWebhook: flag,
  limit: z
    .int({ error: "must be a whole number" })
    .min(1, "must be at least 1")
    .max(100, "must be at most 100")
    .default(100),
  timeout: milliseconds
    .min(0, "must not be negative")
    .max(50_000, "must be at most 50000: Telegram waits no longer")
    .default(30_000),
  allowedUpdates: z
    .array(
      z.custom<UpdateKind>((kind) => typeof kind === "string", "must be the name of a kind"),
      {
        error: "must be a list of kinds",
      },
    )
    .optional(),
  onError: callable<(error: unknown) => void>("a function").default(
    () => (error: unknown) => logFailures({ type: "faulted", error }),
  ),
})

/** @throws HookgramError `invalid_options`, naming every field that is wrong */
export function resolvePollOptions(options: PollOptions): ResolvedPollOptions {
  return checked("These polling options are wrong", schema.safeParse(options))
}
