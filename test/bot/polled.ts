import { createApi, poll, type PollOptions } from "@hookgram/api"
import { createWebhook, type Update, type Webhook } from "@hookgram/core"
import { type Simulator, startSimulator } from "@hookgram/simulator"
import { onTestFinished } from "vitest"

export const quiet = { onEvent: () => {} }

export async function telegramWith(messages: readonly string[] = []): Promise<Simulator> {
  const telegram = await startSimulator({ seed: 7 })
  onTestFinished(() => telegram.close())
  for (const text of messages) await telegram.user("Ana").send(text)
  return telegram
}

/** Polls until the test is over or stops it. */
export function polling(
  telegram: Simulator,
  accept: Webhook | ((update: Update) => unknown),
  options: PollOptions = {},
) {
  const webhook =
    typeof accept === "function" ? createWebhook({ secretToken: false, handler: accept, ...quiet }) : accept
  const stop = new AbortController()
  const ended = poll(createApi(telegram.token, { baseUrl: telegram.url }), webhook, { signal: stop.signal, ...options })
  ended.catch(() => {})
  onTestFinished(async () => {
    stop.abort()
    await webhook.close({ timeout: 0 })
    await ended.catch(() => {})
  })
  return { webhook, stop: () => (stop.abort(), ended), ended }
}

export const stored = (telegram: Simulator): number => telegram.bot.updates.size
export const textOf = ({ message }: Update): string => message!.text!
export const polls = (telegram: Simulator) => telegram.calls.filter(({ method }) => method === "getUpdates")
export const offsets = (telegram: Simulator) => polls(telegram).map(({ parameters }) => parameters["offset"])
