import {
  createWebhook,
  type DedupStore,
  type Outcome,
  type Webhook,
  type WebhookOptions,
  type WebhookRequest,
  type WebhookResponse,
} from "@hookgram/core"
import { vi } from "vitest"
import { press } from "../contract/delivery-samples.ts"
import { DeadLetters, Stage } from "../contract/delivery-stage.ts"

/** Lets time pass, and all that follows from it happen. */
export async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds)
}

/** A replica of one bot: its webhook, its handler, and what it gave up on. */
export class Replica {
  readonly stage = new Stage()
  readonly dead = new DeadLetters()
  readonly webhook: Webhook
  /** Cuts this replica off from the store. */
  isCut = false

  constructor(store: DedupStore, options: Partial<WebhookOptions> = {}) {
    const guard = <T>(call: () => Promise<T>): Promise<T> =>
      this.isCut ? Promise.reject(new Error("cut off")) : call()
    const dedup: DedupStore = {
      claim: (key, lease) => guard(() => store.claim(key, lease)),
      renew: (key, lease) => guard(() => store.renew(key, lease)),
      complete: (key, lease) => guard(() => store.complete(key, lease)),
      release: (key, lease) => guard(() => store.release(key, lease)),
    }
    const { handler } = this.stage
    const { onDeadLetter } = this.dead
    this.webhook = createWebhook({
      secretToken: false,
      handler,
      onDeadLetter,
      dedup,
      botId: 1,
      onEvent: () => {},
      ...options,
    })
  }

  accept(): Promise<Outcome> {
    return this.webhook.accept(press())
  }

  /** An HTTP delivery without the HTTP. */
  deliver(): Promise<WebhookResponse> {
    const request: WebhookRequest = {
      method: "POST",
      header: (name) => (name === "content-type" ? "application/json" : undefined),
      address: () => undefined,
      body: async () => press(),
    }
    return this.webhook.receive(request)
  }

  /** Whether the update could be run here. Leaves no mark: the run it starts, if it does, is failed at once. */
  async outcome(): Promise<Outcome["result"]> {
    const runs = this.stage.runs.length
    const outcome = this.accept()
    await pass(0)
    this.stage.runs[runs]?.fail(new Error("only asking"))
    return (await outcome).result
  }
}
