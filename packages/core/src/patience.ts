import type { WebhookRequest } from "./request.ts"
import { Timeouts } from "./timeouts.ts"

/** How long, and on which timer, what brought an update waits for its handler. */
export interface Patience {
  /** In milliseconds. */
  readonly wait: number
  /** None where somebody waits to the end. */
  readonly timeouts: Timeouts | undefined
  /** The host stops everything at the answer, so that a promise would not be kept. */
  readonly isLast: boolean
}

const endless: Patience = { wait: Number.POSITIVE_INFINITY, timeouts: undefined, isLast: false }

/**
 * The patience of a request: the `usual` one, unless its host stops what belongs to a request when that is over. Such a
 * host would drop the timer that all share together with the request that happened to arm it, and end a process in which
 * nothing else is left to do. Where there was no request, somebody waits to the end.
 */
export function patience(request: WebhookRequest | undefined, usual: Patience): Patience {
  if (!request) return endless
  const { timeouts } = usual
  const isLast = request.timeLeft !== undefined
  if (!timeouts || (!isLast && !request.waitUntil)) return usual
  const left = request.timeLeft?.() ?? Number.POSITIVE_INFINITY
  return { wait: Math.min(usual.wait, left), timeouts: new Timeouts(Math.min(timeouts.length, left), true), isLast }
}
