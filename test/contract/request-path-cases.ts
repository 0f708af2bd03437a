import { expect } from "vitest"
import type { Application } from "../support/application.ts"
import type { Connection, WireAnswer } from "../support/connection.ts"
import { recordedUpdate } from "../support/updates.ts"
import { wireBody } from "../support/wire.ts"
import type { ContractCase } from "./case.ts"
import { type Difference, requestBytes } from "./request-bytes.ts"
import { exchange, startNoting } from "./request-exchange.ts"

const update = recordedUpdate("message-21-text-cyrillic-emoji", 7)

/** A request for the application's own route. It carries no secret, so it is nothing that the webhook would accept. */
const toEcho: Difference = { target: "/echo?x=1", headers: { "X-Telegram-Bot-Api-Secret-Token": undefined } }

async function echo(connection: Connection, value: unknown): Promise<WireAnswer> {
  connection.write(requestBytes(JSON.stringify(value), toEcho))
  return connection.answer()
}

function expectEcho(answer: WireAnswer, value: unknown): void {
  expect(answer.status).toBe(200)
  expect(answer.headers["content-type"]).toMatch(/^application\/json/)
  expect(JSON.parse(answer.body)).toEqual(value)
}

/** That the webhook has seen nothing at all. */
function expectUntouched(application: Application): void {
  expect(application.events).toEqual([])
}

/** Which requests are for the webhook, and that it leaves the application's others alone. */
export const pathCases: readonly ContractCase[] = [
  {
    id: "path-query-and-fragment",
    level: "MUST",
    rests: "facts, 1.1",
    title: "the path matches with a query and with a fragment, both of which Telegram sends",
    async run(start) {
      const application = await startNoting(start)
      const targets = [
        "/telegram",
        "/telegram?",
        "/telegram?x=1&y=/telegram/%2F",
        "/telegram#part",
        "/telegram?x=1#part?",
        "/telegram#",
        `/telegram?${"long".repeat(900)}`,
      ]
      for (const [index, target] of targets.entries()) {
        const answer = await exchange(application, requestBytes(wireBody({ ...update, update_id: index }), { target }))
        expect({ target, status: answer.status }).toEqual({ target, status: 200 })
      }
      expect(application.handled.map(({ update_id }) => update_id)).toEqual([...targets.keys()])
    },
  },
  {
    id: "path-others",
    level: "MUST",
    rests: "design, 3",
    title: "other paths fall through to the application, which does not know them",
    async run(start) {
      const application = await startNoting(start)
      for (const target of ["/", "/telegramx", "/tele", "/other/telegram", "/?/telegram", "/#/telegram"]) {
        const answer = await exchange(application, requestBytes(wireBody(update), { target }))
        expect({ target, status: answer.status }).toEqual({ target, status: 404 })
      }
      expect((await exchange(application, requestBytes("", { method: "GET", target: "/other" }))).status).toBe(404)
      expectUntouched(application)
      expect(application.handled).toEqual([])
    },
  },
  {
    id: "path-echo",
    level: "MUST",
    rests: "design, 3",
    title: "the application's own route and JSON parser work as without the webhook",
    async run(start) {
      const application = await startNoting(start)
      const connection = await application.connect()
      for (const value of [{ text: "Лол кек 😂" }, [1, 2], update, {}]) expectEcho(await echo(connection, value), value)
      expectUntouched(application)
      connection.write(requestBytes("{", toEcho))
      expect((await connection.answer()).status).toBeGreaterThanOrEqual(400)
      expectUntouched(application)
    },
  },
  {
    id: "path-echo-between-deliveries",
    level: "MUST",
    rests: "design, 3",
    title: "the application's own route works on the connection that deliveries come on",
    async run(start) {
      const application = await startNoting(start)
      const connection = await application.connect()
      for (const update_id of [7, 8, 9]) {
        connection.write(requestBytes(wireBody({ ...update, update_id })))
        expect((await connection.answer()).status).toBe(200)
        expectEcho(await echo(connection, { update_id }), { update_id })
      }
      expect(application.handled.map(({ update_id }) => update_id)).toEqual([7, 8, 9])
    },
  },
]
