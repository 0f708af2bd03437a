import type { WebhookEvent, WebhookOptions } from "@hookgram/core"
import { afterEach, beforeEach } from "vitest"
import { type Application, startApplication } from "../support/application.ts"
import { BotApi } from "../support/bot-api.ts"
import { type Mount, mounts } from "../support/mounts.ts"

/** One plain mount of each framework. */
export const frameworks: readonly Mount[] = mounts.filter(({ name }) =>
  ["node:http", "Express 5", "Koa 3", "Fastify 5"].includes(name),
)

/** A Bot API for each test, and applications that are stopped after it. */
export function setup(): {
  readonly api: BotApi
  start(mount: Mount, options: Partial<WebhookOptions>): Promise<Observed>
} {
  const started: Application[] = []
  let api: BotApi
  beforeEach(async () => {
    api = await BotApi.start()
  })
  afterEach(async () => {
    await Promise.all(started.splice(0).map((application) => application.stop()))
    await api.stop()
  })
  return {
    get api() {
      return api
    },
    async start(mount, options) {
      let changed = (): void => {}
      const application = await startApplication(mount, { ...options, onEvent: () => changed() })
      started.push(application)
      const all = (type: WebhookEvent["type"]): WebhookEvent[] =>
        application.events.filter((event) => event.type === type)
      return Object.assign(application, {
        async seen(type: WebhookEvent["type"], times = 1) {
          while (all(type).length < times) await new Promise<void>((resolve) => (changed = resolve))
        },
      })
    },
  }
}

/** An application that a test can wait for. */
export interface Observed extends Application {
  /** Resolves when an event has happened so often. */
  seen(type: WebhookEvent["type"], times?: number): Promise<void>
}

/** A promise that a test resolves. */
export interface Gate {
  readonly opened: Promise<void>
  open(): void
}

export function gate(): Gate {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open }
}
