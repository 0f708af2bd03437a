import type { WebhookReply } from "./reply.ts"

/** What became of one delivery of an update. All waits are in seconds. */
export type Outcome =
  /** The handler has succeeded. With `accept()`, a reply that no `callApi` has sent is the caller's to send. */
  | { readonly result: "handled"; readonly reply?: WebhookReply }
  /** The handler is still running, and a failure of it will be a dead letter: `deadline` passed, or `detach()`. */
  | { readonly result: "acknowledged" }
  /** It was handled before. */
  | { readonly result: "duplicate" }
  /** Given up on, and handed to `onDeadLetter`. */
  | { readonly result: "deadLettered"; readonly error: unknown }
  /** The handler has failed; deliver the update again. */
  | { readonly result: "failed"; readonly error: unknown; readonly retryAfter?: number }
  /** The handler is still running, and nothing is promised: deliver the update again to join it. */
  | { readonly result: "unfinished"; readonly retryAfter: number }
  /** Another machine is running it. */
  | { readonly result: "elsewhere"; readonly retryAfter: number }
  /** The dedup store does not answer. */
  | { readonly result: "storeDown"; readonly error: unknown; readonly retryAfter: number }
  /** Over `concurrency` and `queueLimit`. */
  | { readonly result: "busy" }
  /** `close()` was called. */
  | { readonly result: "closing" }

/** The usual outcome: one object for all. */
export const handled: Outcome = { result: "handled" }
