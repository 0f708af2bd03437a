import type { WebhookConfig } from "@hookgram/api"
import type { Simulator } from "@hookgram/simulator"
import { simulated } from "./server.ts"

export const config: WebhookConfig = { url: "http://127.0.0.1:9/telegram", secretToken: "s3cret", local: true }

export const setCalls = (telegram: Simulator): Simulator["calls"] =>
  telegram.calls.filter(({ method }) => method === "setWebhook")

/** What Telegram said to each of them. */
export const said = (telegram: Simulator): (string | undefined)[] =>
  setCalls(telegram).map(({ answer }) => answer?.description)

/** Time goes a hundred times as fast, so that Telegram's one setWebhook per second is no hindrance. */
export const quick = (): ReturnType<typeof simulated> => simulated({ speed: 100 })

/** A second of Telegram's time. */
export const aWhile = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20))
