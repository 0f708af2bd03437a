import { type Simulator, type SimulatorOptions, startSimulator } from "@hookgram/simulator"
import { onTestFinished } from "vitest"
import { type Answer, type Receiver, startReceiver } from "./receiver.ts"
import { callApi } from "./post.ts"

/** Seconds of Telegram's time since the start. */
export type Seconds = number

/** A simulator whose time stands still, and that repeats itself. Closed when the test is over. */
export async function virtualTelegram(options: SimulatorOptions = {}): Promise<Simulator> {
  const telegram = await startSimulator({ clock: "virtual", seed: 20_260_714, ...options })
  onTestFinished(() => telegram.close())
  return telegram
}

/** A receiver that is closed when the test is over. */
export async function receiverFor(...parameters: Parameters<typeof startReceiver>): Promise<Receiver> {
  const receiver = await startReceiver(...parameters)
  onTestFinished(() => receiver.close())
  return receiver
}

/** A simulator in virtual time with a webhook at a receiver that answers as it is told. */
export async function deliveringTo(
  answer: Answer | undefined,
  webhook: Record<string, unknown> = {},
  options: SimulatorOptions = {},
): Promise<{ telegram: Simulator; receiver: Receiver; since: (milliseconds: number) => Seconds }> {
  const receiver = await receiverFor(answer)
  const telegram = await virtualTelegram(options)
  const start = telegram.now
  await setWebhook(telegram, { url: receiver.url, ...webhook })
  return { telegram, receiver, since: (milliseconds) => (milliseconds - start) / 1000 }
}

/** @throws if it was not set */
export async function setWebhook(telegram: Simulator, parameters: Record<string, unknown>): Promise<void> {
  const answer = await callApi(telegram, "setWebhook", parameters)
  if (!answer.ok) throw new Error(`setWebhook: ${answer.description}`)
}

/** An update of a kind that has nothing but what its queue and lifetime come from. */
export function emit(telegram: Simulator, kind: string, content: object): number {
  const updateId = telegram.bot.emit(kind, content)
  if (updateId === undefined) throw new Error(`No update came of it: ${kind}`)
  return updateId
}

/** A message in a private chat, the smallest there is. */
export function emitMessage(telegram: Simulator, chat = 7, text = "hi"): number {
  return emit(telegram, "message", {
    message_id: 1,
    from: { id: chat, is_bot: false, first_name: "Ana" },
    chat: { id: chat, type: "private", first_name: "Ana" },
    date: Math.floor(telegram.now / 1000),
    text,
  })
}

/** A table to be read by people who run the tests. */
export function printTable(title: string, rows: readonly Record<string, string | number>[]): void {
  const names = Object.keys(rows[0] ?? {})
  const cells = [names, ...rows.map((row) => names.map((name) => String(row[name])))]
  const widths = names.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  )
  process.stdout.write(`\n${title}\n${lines.join("\n")}\n`)
}
