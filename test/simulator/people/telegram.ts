import type { Message, Update } from "@grammyjs/types"
import { type Simulator, type SimulatorOptions, startSimulator } from "@hookgram/simulator"
import { onTestFinished } from "vitest"
import type { Bot } from "../../../packages/simulator/src/bot.ts"
import { kindNames } from "../../../packages/simulator/src/updates/kinds.ts"
import { callApi } from "../support/post.ts"

/** The name of the field beside `update_id`. */
export type Kind = Exclude<keyof Update, "update_id">

/** For tests in which something is waited for in vain. */
export const impatient: SimulatorOptions = { patience: 20 }

/**
 * A simulator in virtual time whose bot wants updates of all kinds. It is patient with calls that are on their way while
 * something is waited for. Closed when the test is over.
 */
export async function curiousTelegram(options: SimulatorOptions = {}): Promise<Simulator> {
  const telegram = await startSimulator({ clock: "virtual", seed: 7, patience: 5000, ...options })
  onTestFinished(() => telegram.close())
  telegram.bot.allowed = new Set(kindNames)
  return telegram
}

/** The updates that wait for a bot, oldest first: kind and content. */
export function waiting(bot: Bot): [kind: string, content: unknown][] {
  return bot.updates
    .from(0, 1000)
    .map(({ kind, text }) => [kind, JSON.parse(Buffer.from(text, "latin1").toString()) as unknown])
}

/** The kinds of the updates that wait, oldest first. */
export function waitingKinds(bot: Bot): string[] {
  return waiting(bot).map(([kind]) => kind)
}

/** The content of the newest update of a kind. */
export function newest<K extends Kind>(bot: Bot, kind: K): NonNullable<Update[K]> {
  const found = waiting(bot).findLast(([one]) => one === kind)
  if (!found) throw new Error(`There is no ${kind}, but ${waitingKinds(bot).join(", ")}`)
  return found[1] as NonNullable<Update[K]>
}

/** Calls a method of the Bot API over HTTP. */
export async function call<T = Message>(
  telegram: Simulator,
  method: string,
  parameters: Record<string, unknown>,
): Promise<T> {
  const answer = await callApi(telegram, method, parameters)
  if (!answer.ok) throw new Error(`${method}: ${answer.description}`)
  return answer.result as T
}
