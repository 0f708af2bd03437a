import { inspect } from "node:util"
import { expect } from "vitest"
import { type Application, secretToken } from "../support/application.ts"
import { recordedUpdate } from "../support/updates.ts"
import { wireBody } from "../support/wire.ts"
import type { ContractCase } from "./case.ts"
import { type Difference, requestBytes } from "./request-bytes.ts"
import { exchange, type Start } from "./request-exchange.ts"

/** What nobody but the handler may see, all in one message: the text, a bot's token in it, and names. */
const botToken = "123456789:AAHfiqksKZ8WmR2zSjiQ7_v4TMAKdiHm9T0"
const text = `confidential ${botToken}`
const recording = recordedUpdate("message-21-text-cyrillic-emoji", 7)
const update = { ...recording, message: { ...recording.message, text } }
const wire = wireBody({ ...update, update_id: 7 } as typeof recording)
const guess = "a-guessed_secret-token"
const confidential = [
  secretToken,
  "Webhook-secret",
  guess,
  botToken,
  "confidential",
  "aka_dude",
  "Андрей",
  "\\u0410\\u043d",
]

/** Sends requests and expects that neither the answers nor what the observer sees tells anything confidential. */
async function expectPrivate(
  application: Application,
  requests: readonly (readonly [status: number, body: string, difference?: Difference])[],
): Promise<void> {
  let told = ""
  for (const [status, body, difference] of requests) {
    const answer = await exchange(application, requestBytes(body, difference))
    expect(answer.status).toBe(status)
    told += answer.raw
  }
  expect(application.events.length).toBeGreaterThanOrEqual(requests.length)
  told += inspect(application.events, { depth: Number.POSITIVE_INFINITY, showHidden: true })
  told += JSON.stringify(application.events) + inspect(application.webhook.status())
  for (const each of confidential) expect(told).not.toContain(each)
}

function startFailingOnce(start: Start): Promise<Application> {
  return start({
    handler: (_update, { attempt }) => {
      if (attempt === 1) throw new Error("The handler's own words.")
    },
  })
}

const wrongSecret: Difference = { headers: { "X-Telegram-Bot-Api-Secret-Token": guess } }

/** What is told to nobody. */
export const privacyCases: readonly ContractCase[] = [
  {
    id: "private",
    level: "MUST",
    rests: "design, 4",
    title: "answers and events tell no secret, no bot token and nothing of a message",
    async run(start) {
      const application = await startFailingOnce(start)
      await expectPrivate(application, [
        [500, wire],
        [200, wire],
        [200, wire],
        [401, wire, { ...wrongSecret, target: `/telegram?${botToken}` }],
        [415, wire, { headers: { "Content-Type": `text/${guess}` } }],
        [400, wire.replace('"update_id":7', `"update_id":"${text}"`)],
        [400, wire.replace('"update_id":7', '"update_id":-7')],
      ])
      await application.webhook.close()
      await expectPrivate(application, [[503, wire]])
    },
  },
  {
    id: "private-invalid-json",
    level: "MUST",
    rests: "design, 4",
    title: "answers and events quote nothing of a body that is no JSON",
    async run(start) {
      const application = await start()
      await expectPrivate(application, [
        [400, `${wire}x`],
        [400, wire.slice(0, -1)],
        [400, text],
        [400, JSON.stringify(text)],
      ])
    },
  },
]
