import { onTestFinished } from "vitest"
import { type Envelope, envelopeText } from "../../../packages/simulator/src/api/envelope.ts"
import { invoke } from "../../../packages/simulator/src/api/invoke.ts"
import { Parameters, type UploadedFile } from "../../../packages/simulator/src/api/parameters.ts"
import type { Bot } from "../../../packages/simulator/src/bot.ts"
import { World } from "../../../packages/simulator/src/chats/world.ts"
import { VirtualClock } from "../../../packages/simulator/src/clock/virtual.ts"
import { Journal } from "../../../packages/simulator/src/journal.ts"
import { Random } from "../../../packages/simulator/src/random.ts"
import { registrationMethods } from "../../../packages/simulator/src/registration/methods.ts"
import type { Lookup } from "../../../packages/simulator/src/registration/names.ts"
import { Services } from "../../../packages/simulator/src/registration/services.ts"

export const START: number = Date.UTC(2026, 0, 1)

/** A webhook of local mode that refuses all connections. */
export const URL_A = "http://127.0.0.1:9/a"
export const URL_B = "http://127.0.0.1:9/b"

/** An answer, as its receiver parses it. */
export interface Answer {
  ok: boolean
  result?: unknown
  error_code?: number
  description?: string
  parameters?: unknown
}

export interface Server {
  readonly clock: VirtualClock
  readonly world: World
  readonly bot: Bot
  /** Calls a method at once. Values that are no strings are sent as their JSON source. */
  call(method: string, parameters?: Record<string, unknown>, files?: Record<string, string>): Promise<Answer>
  /** The same, as the text of the answer. */
  callForText(method: string, parameters?: Record<string, unknown>): Promise<string>
  /** Stores an update: a message in a chat. */
  message(chat?: number, text?: string): number
}

const methods = {
  methods: new Map(Object.entries(registrationMethods).map(([name, method]) => [name.toLowerCase(), method])),
  onBug: (error: unknown) => {
    throw error
  },
}

/**
 * A bot's server without HTTP, in a time that stands still.
 *
 * @param patience for receivers that answer; what never ends here needs none
 */
export function startServer({
  strict = false,
  lookup,
  patience = 20,
}: { strict?: boolean; lookup?: Lookup; patience?: number } = {}): Server {
  const clock = new VirtualClock(START, patience)
  const world = new World(clock, new Random(20_260_714), new Journal(1000), new Services(clock, strict, lookup))
  const bot = world.addBot("123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw")
  onTestFinished(() => {
    bot.registration.pause()
    clock.stop()
  })
  const run = (
    method: string,
    given: Record<string, unknown>,
    files: Record<string, string> = {},
  ): Promise<Envelope> => {
    const texts = Object.entries(given).map(([name, value]): [string, string] => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ])
    const uploads = Object.entries(files).map(([name, content]): [string, UploadedFile] => [
      name,
      { name: `${name}.pem`, type: "application/x-pem-file", bytes: Buffer.from(content, "latin1") },
    ])
    const parameters = new Parameters(new Map(texts), new Map(uploads))
    return invoke(methods, { world, bot, method, parameters }, "http")
  }
  const callForText = async (method: string, parameters = {}) => envelopeText(await run(method, parameters))
  return {
    clock,
    world,
    bot,
    call: async (method, parameters = {}, files) =>
      JSON.parse(envelopeText(await run(method, parameters, files))) as Answer,
    callForText,
    message(chat = 7, text = "hi") {
      const date = Math.floor(clock.now() / 1000)
      const content = { message_id: 1, chat: { id: chat, type: "private" }, from: { id: chat }, date, text }
      const id = bot.emit("message", content)
      if (id === undefined) throw new Error("No update came of it")
      return id
    },
  }
}

/** What an answer says in words. */
export function said({ ok, error_code, description }: Answer): string {
  return ok ? (description ?? "") : `${error_code} ${description}`
}

/** Whether it is answered by now. */
export async function isSettled(answer: Promise<unknown>): Promise<boolean> {
  let settled = false
  void answer.finally(() => {
    settled = true
  })
  await new Promise((resolve) => setImmediate(resolve))
  return settled
}
