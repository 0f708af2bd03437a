import type { Random } from "../random.ts"

/** What is remembered between the attempts of an update. */
export interface Retries {
  /** Seconds, 1 at the beginning. */
  delay: number
  failures: number
}

/**
 * How many seconds to wait after a failure (facts, 3.2): `Retry-After` if there was one, nothing after the first failure,
 * then twice as long each time, up to a limit drawn anew from 60 to 120.
 *
 * @param retryAfter seconds, 0 if there was none; at most 3600 of them count
 */
export function waitAfterFailure(retries: Retries, retryAfter: number, random: Random): number {
  const asked = Math.min(Math.max(retryAfter, 0), 3600)
  const first = retries.failures++ === 0
  if (asked > 0 || first) return asked
  retries.delay = Math.min(random.integer(60, 120), retries.delay * 2)
  return retries.delay
}
