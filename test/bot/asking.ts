import { Bot } from "@hookgram/bot"
import type { HandlerContext } from "@hookgram/core"
import { pretendApi } from "./pretend.ts"

/** A bot whose calls are noted. */
export function asking() {
  const { api, calls } = pretendApi()
  return { bot: new Bot(api), calls }
}

/** A context that notes whether it was detached, with a webhook that may close. */
export function contextOf() {
  const closing = new AbortController()
  const stopping = new AbortController()
  const context: HandlerContext & { detached: boolean } = {
    attempt: 1,
    signal: stopping.signal,
    closing: closing.signal,
    deadline: Number.POSITIVE_INFINITY,
    detached: false,
    detach: () => (context.detached = true),
  }
  return { context, closing, stopping }
}
