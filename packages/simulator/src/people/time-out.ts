import type { Message } from "@grammyjs/types"
import type { World } from "../chats/world.ts"
import type { Place } from "./place.ts"

/** How long to wait for a bot. */
export interface Waiting {
  /** Milliseconds of Telegram's time. Default 4 000: less than the 5 s after which test runners end a test. */
  timeout?: number
}

/** Thrown when a bot did not do in time what was waited for. The message says what it did instead. */
export class TimeoutError extends Error {
  override readonly name = "TimeoutError"
}

/** Waits for something that a bot is to do; fails with a message that helps to see why it did not. */
export async function waitFor<T>(
  world: World,
  { timeout = 4_000 }: Waiting,
  check: () => T | undefined,
  why: () => string,
): Promise<T> {
  const value = await world.clock.until(check, timeout)
  if (value !== undefined) return value
  throw new TimeoutError(`${why()} (${timeout / 1000} s of Telegram's time)`)
}

/** What is known of why a bot is silent: how its updates fared, and which of its calls failed. */
export function silence({ world, bot, find }: Place): string {
  const { deliveries, calls } = world.journal
  const delivery = deliveries.findLast((one) => one.bot === bot.id)
  const failed = calls.findLast((call) => call.bot === bot.id && call.answer?.ok === false)
  const last = find()?.messages.at(-1)
  const said: string[] = []
  if (last) said.push(`The newest message is ${inShort(last)}.`)
  if (delivery) {
    const { kind, updateId, attempt, status, error, outcome, retryAt } = delivery
    const result = error ?? (status === undefined ? outcome : `${outcome} with ${status}`)
    const again = retryAt === undefined ? "" : `, next attempt in ${Math.ceil((retryAt - world.clock.now()) / 1000)} s`
    said.push(`The last delivery was update ${updateId} (${kind}), attempt ${attempt}: ${result}${again}.`)
  }
  const waiting = bot.updates.size
  if (waiting > 0) said.push(`${waiting} update${waiting === 1 ? "" : "s"} not yet confirmed.`)
  if (!delivery && waiting > 0) said.push("Nothing was delivered: is there a webhook, or a bot that polls?")
  if (failed?.answer) said.push(`Its call ${failed.method} failed: ${failed.answer.description}.`)
  return said.join(" ")
}

function inShort({ message_id, from, text, caption, reply_markup }: Message): string {
  const shown = text ?? caption
  const buttons = reply_markup?.inline_keyboard.flat().map((button) => `[${button.text}]`) ?? []
  const words = [...(shown === undefined ? [] : [JSON.stringify(shown.slice(0, 80))]), ...buttons]
  return `${message_id} by ${from?.first_name ?? "the chat"}${words.length > 0 ? `: ${words.join(" ")}` : ""}`
}
