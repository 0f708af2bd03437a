import type { WebhookSettings } from "./config.ts"

/**
 * Where it is kept what a webhook was set with, as a hash. A Redis client fits nearly as it is; so does a `Map`, for one
 * process.
 *
 * @example
 * const store: WebhookStore = {
 *   get: (key) => redis.get(key),
 *   set: (key, value) => redis.set(key, value),
 *   lock: async (key, milliseconds) => (await redis.set(key, "", { NX: true, PX: milliseconds })) !== null,
 * }
 */
export interface WebhookStore {
  get(key: string): string | null | undefined | Promise<string | null | undefined>
  set(key: string, value: string): unknown
  /** Takes a lock that ends by itself. Gives back whether it was free. With it, one of many replicas sets the webhook. */
  lock?(key: string, milliseconds: number): boolean | Promise<boolean>
}

/** A hash of all that a webhook is set with, from which none of it can be read. */
export async function fingerprint(settings: WebhookSettings): Promise<string> {
  const { url, secretToken, certificate, ipAddress, maxConnections, allowedUpdates } = settings
  const text = JSON.stringify([url, secretToken, certificate, ipAddress, maxConnections, allowedUpdates.toSorted()])
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("")
}
