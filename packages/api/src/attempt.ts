import { HookgramError } from "@hookgram/core"

/** The longest that a timer can wait, in milliseconds; above it, one rings at once. */
const LONGEST = 2_147_483_647

/**
 * Runs something with a signal that fires when the time is over or when the caller's own signal does. What it runs is then
 * left alone, also if it does not heed the signal, as a stream of the user's that never ends.
 *
 * @param timeout in milliseconds
 * @throws HookgramError `api_timeout` when the time was over; the caller's reason when that signal fired
 */
export async function withTimeout<T>(
  method: string,
  timeout: number,
  signal: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted()
  const controller = new AbortController()
  const abort = () => controller.abort()
  let isOver = false
  const timer = setTimeout(
    () => {
      isOver = true
      abort()
    },
    Math.min(timeout, LONGEST),
  )
  signal?.addEventListener("abort", abort)
  const ended = new Promise<never>((_, reject) => controller.signal.addEventListener("abort", reject))
  try {
    return await Promise.race([run(controller.signal), ended])
  } catch (error) {
    signal?.throwIfAborted()
    if (!isOver) throw error
    throw new HookgramError(
      "api_timeout",
      `${method}: there was no answer within ${timeout} ms. Whether the call was carried out is not known.`,
    )
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener("abort", abort)
  }
}

/**
 * Resolves after so many milliseconds.
 *
 * @throws the signal's reason as soon as it fires
 */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      // eslint-disable-next-line prefer-promise-reject-errors -- the reason is the caller's own
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop)
      resolve()
    }, milliseconds)
    if (signal?.aborted) stop()
    else signal?.addEventListener("abort", stop, { once: true })
  })
}

/** Runs something with a signal that follows the caller's, but not before so many milliseconds are over. */
export async function withGrace<T>(
  milliseconds: number,
  signal: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const start = performance.now()
  let timer: ReturnType<typeof setTimeout> | undefined
  const abort = (): void => {
    timer = setTimeout(() => controller.abort(signal?.reason), start + milliseconds - performance.now())
  }
  if (signal?.aborted) abort()
  else signal?.addEventListener("abort", abort)
  try {
    return await run(controller.signal)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener("abort", abort)
  }
}
