import { performance } from "node:perf_hooks"
import { setTimeout } from "node:timers/promises"
import type { Update } from "@hookgram/core"
import { Connection } from "../../../test/support/connection.ts"
import { wireBody, wireHead } from "../../../test/support/wire.ts"
import { PATIENCE } from "./bot.ts"
import type { Step } from "./steps.ts"

/** What Telegram would see of a step. */
export interface Deliveries {
  /** `200`, or with a webhook reply its method: `200 answerCallbackQuery`. `none …` where there was no answer. */
  readonly answers: readonly string[]
  /** From the first byte written to the last one read. */
  readonly milliseconds: number
}

/** Posts the updates of a step to the webhook at a port, byte for byte as Telegram does. */
export async function deliver(step: Step, port: number): Promise<Deliveries> {
  const waiting = [...step.updates]
  const answers: string[] = []
  const connections = await Promise.all(Array.from({ length: step.connections }, () => Connection.open(port)))
  const started = performance.now()
  await Promise.all(
    connections.map(async (connection) => {
      for (let update = waiting.shift(); update; update = waiting.shift())
        answers.push(await post(connection, update, step, port))
    }),
  )
  const milliseconds = performance.now() - started
  for (const connection of connections) connection.destroy()
  return { answers, milliseconds }
}

async function post(connection: Connection, update: Update, { secretToken, cut }: Step, port: number): Promise<string> {
  const body = wireBody(update).slice(0, cut === 0 ? undefined : -cut)
  connection.write(wireHead(body, { port, secretToken }) + body)
  try {
    const answer = await Promise.race([connection.answer(), setTimeout(PATIENCE, undefined, { ref: false })])
    if (!answer) return `none within ${PATIENCE} ms`
    const { status, body: reply } = answer
    return reply === "" ? String(status) : `${status} ${(JSON.parse(reply) as { method?: string }).method}`
  } catch (error) {
    return `none (${error instanceof Error ? error.message : error})`
  }
}
