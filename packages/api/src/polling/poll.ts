import { HookgramError, type Update } from "@hookgram/core"
import { type Api, callerOf } from "../api.ts"
import { pause, withGrace } from "../attempt.ts"
import { Backlog, type PollTarget } from "./backlog.ts"
import { askedWait, fatalError, passingError, webhookIsSet } from "./errors.ts"
import { type PollOptions, type ResolvedPollOptions, resolvePollOptions } from "./options.ts"

/**
 * How long to wait before Telegram is asked for more while some updates are not done, in milliseconds. It answers at once
 * as long as it has any, and gives only one when it is asked the same again within half a second (facts, 7.2).
 */
const NAP = 600

/** Between calls that fail, in milliseconds: this, then twice as long each time, up to the second. */
const FIRST_WAIT = 1000
const LONGEST_WAIT = 30_000

/**
 * How long a call may be under way before it is cut off, in milliseconds: long enough for Telegram to have got its offset. To
 * tell it again would cost 3 s: so long it makes those wait who ask the same at once (facts, 7.2).
 */
const GRACE = 500

/** How long the end may take to tell Telegram what is done, in milliseconds: whoever stops a process has little patience. */
const CONFIRM_TIMEOUT = 5000

/**
 * Fetches updates by long polling and takes them through a webhook: the same handlers, lanes, limits and memory as by HTTP.
 * Telegram is told that it may forget an update when that one and all before it are done, or detached, so that a crash
 * loses none; one that fails is tried again here, and those behind it in its lane wait for it. At most `limit` are under
 * way: a handler that takes long should call `detach()`.
 *
 * @returns a promise that resolves when the signal was aborted, or the webhook closed, and what ran has ended
 * @throws HookgramError `polling_conflict` when a webhook is set, at the start or meanwhile; `invalid_options`; a
 * `TelegramError` when the token is wrong. Whatever else goes wrong is tried again
 * @example
 * const webhook = createWebhook({ secretToken, handler })
 * const stop = new AbortController()
 * process.once("SIGTERM", () => stop.abort())
 * await poll(createApi(process.env.BOT_TOKEN!), webhook, { signal: stop.signal })
 */
export async function poll(api: Api, webhook: PollTarget, options: PollOptions = {}): Promise<void> {
  if (typeof webhook?.accept !== "function") {
    throw new HookgramError("invalid_options", "poll takes a webhook, made by createWebhook, as its second argument.")
  }
  const resolved = resolvePollOptions(options)
  const { onError, limit, signal } = resolved
  await insist(resolved, () => clearWebhook(api, resolved))
  const backlog = new Backlog({ webhook, send: callerOf(api), report: onError, limit })
  const stop = (): void => backlog.stop()
  if (signal?.aborted) stop()
  signal?.addEventListener("abort", stop)
  try {
    while (!backlog.stopped) {
      const updates = await insist(resolved, () => fetchUpdates(api, backlog, resolved))
      backlog.add(updates ?? [])
      await backlog.offer(NAP)
    }
  } finally {
    signal?.removeEventListener("abort", stop)
    backlog.stop()
    await backlog.ended()
    await confirm(api, backlog, onError)
  }
}

/** Tries until it succeeds, or until it is of no use. `undefined` when the signal is aborted. */
async function insist<T>(
  { signal, onError }: Pick<ResolvedPollOptions, "signal" | "onError">,
  call: () => Promise<T>,
): Promise<T | undefined> {
  for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    if (signal?.aborted) return undefined
    try {
      return await call()
    } catch (error) {
      if (signal?.aborted) return undefined
      const fatal = fatalError(error)
      if (fatal !== undefined) throw fatal
      onError(passingError(error))
      await pause(askedWait(error) ?? wait, signal).catch(() => {}) // aborted, which is seen above
    }
  }
}

async function clearWebhook(api: Api, { deleteWebhook, signal }: ResolvedPollOptions): Promise<void> {
  const { url } = await api.getWebhookInfo({}, { retry: false, signal })
  if (url === "") return
  if (!deleteWebhook) throw webhookIsSet()
  await api.deleteWebhook({}, { retry: false, signal })
}

/** Waits for updates; while there are some that are not done, Telegram answers at once. */
async function fetchUpdates(api: Api, backlog: Backlog, options: ResolvedPollOptions): Promise<Update[]> {
  const { limit, timeout, allowedUpdates, signal } = options
  const { offset } = backlog
  const parameters = {
    limit,
    timeout: Math.ceil(timeout / 1000),
    ...(offset !== undefined && { offset }),
    ...(allowedUpdates && { allowed_updates: allowedUpdates }),
  }
  try {
    const updates = await withGrace(GRACE, signal, (late) => api.getUpdates(parameters, { retry: false, signal: late }))
    backlog.confirmed(offset)
    return updates
  } catch (error) {
    if (signal?.aborted) backlog.confirmed(offset)
    throw error
  }
}

/** At the end, so that whoever gets the updates next does not get again what is done. */
async function confirm(api: Api, backlog: Backlog, onError: (error: unknown) => void): Promise<void> {
  if (!backlog.isUnconfirmed) return
  try {
    await api.getUpdates({ limit: 1, timeout: 0, offset: backlog.offset! }, { retry: false, timeout: CONFIRM_TIMEOUT })
  } catch (error) {
    onError(error)
  }
}
