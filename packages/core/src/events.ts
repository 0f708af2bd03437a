import type { RejectionReason } from "./answer.ts"
import { isLogged, logFailures } from "./log.ts"
import { kindOf, type Update } from "./update.ts"

/** Which update an event is about. Its content is left out on purpose: events are made to be logged. */
export interface UpdateRef {
  readonly updateId: number
  readonly kind: string | undefined
}

/** What an observer sees. Times are in milliseconds. */
export type WebhookEvent =
  /** A request was refused for what it is. */
  | {
      readonly type: "rejected"
      readonly reason: RejectionReason
      readonly status: number
      readonly address: string | undefined
    }
  /** A request was refused for now: over the limits, closing, run by another machine, or the dedup store is down. */
  | ({
      readonly type: "refused"
      readonly reason: "busy" | "closing" | "elsewhere" | "storeDown"
      readonly error?: unknown
    } & Partial<UpdateRef>)
  /** A verified update has arrived, for the first time or again. */
  | ({ readonly type: "received" } & UpdateRef)
  /** The update was handled before. */
  | ({ readonly type: "duplicate" } & UpdateRef)
  /** The update is running here; this delivery waits for the outcome. */
  | ({ readonly type: "joined" } & UpdateRef)
  /** The handler is called. */
  | ({ readonly type: "started"; readonly attempt: number } & UpdateRef)
  /** The handler has succeeded. */
  | ({ readonly type: "finished"; readonly attempt: number; readonly duration: number } & UpdateRef)
  /** The handler has failed. Unless `deadLettered` follows, the update will be run again. */
  | ({
      readonly type: "failed"
      readonly attempt: number
      readonly duration: number
      readonly error: unknown
    } & UpdateRef)
  /** Telegram was told 200 while the handler runs. */
  | ({ readonly type: "acknowledged"; readonly by: "deadline" | "detach" } & UpdateRef)
  /** Telegram was told 503 while the handler runs: `onDeadline: "retry"`. */
  | ({ readonly type: "unfinished" } & UpdateRef)
  /** The update was given up on. */
  | ({ readonly type: "deadLettered"; readonly attempts: number; readonly error: unknown } & UpdateRef)
  /** `onDeadLetter` has failed. The update comes again if Telegram still has it. */
  | ({ readonly type: "deadLetterFailed"; readonly attempts: number; readonly error: unknown } & UpdateRef)
  /** The dedup store could not note an outcome; the claim ends with its lease. */
  | ({
      readonly type: "storeFailed"
      readonly verb: "renew" | "complete" | "release"
      readonly error: unknown
    } & UpdateRef)
  /** The lease ended while the handler ran: another machine may have taken the update over. */
  | ({ readonly type: "leaseLost" } & UpdateRef)
  /** A fault of Hookgram's own, or of what an adapter handed to it. The answer was 500. */
  | { readonly type: "faulted"; readonly error: unknown }

export type Observer = (event: WebhookEvent) => void

type EventOf<Type extends WebhookEvent["type"]> = Extract<WebhookEvent, { readonly type: Type }>

/** What an event has beside its type and the update it is about. */
type DetailsOf<Type extends WebhookEvent["type"]> = Omit<EventOf<Type>, "type" | keyof UpdateRef>

/** Counts what happens and tells the observer. An observer's fault is no fault of the update. */
export class Events {
  readonly counters: Partial<Record<WebhookEvent["type"], number>> = {}
  readonly #observer: Observer

  /** Whether somebody looks at more than failures. */
  readonly #watched: boolean

  constructor(observer: Observer) {
    this.#observer = observer
    this.#watched = observer !== logFailures
  }

  /** The time for a duration, in milliseconds; 0 when nobody would see it. */
  clock(): number {
    return this.#watched ? Date.now() : 0
  }

  emit<Type extends WebhookEvent["type"]>(type: Type, update: Update | undefined, details?: DetailsOf<Type>): void {
    this.counters[type] = (this.counters[type] ?? 0) + 1
    // Nearly every event is one that the default observer passes over: it need not be made.
    if (!this.#watched && !isLogged(type, details)) return
    const event = update ? { type, updateId: update.update_id, kind: kindOf(update), ...details } : { type, ...details }
    try {
      this.#observer(event as unknown as EventOf<Type>)
    } catch {
      // As said.
    }
  }
}
