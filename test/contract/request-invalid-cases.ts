import { expect } from "vitest"
import { recordedUpdate } from "../support/updates.ts"
import { wireBody } from "../support/wire.ts"
import type { ContractCase } from "./case.ts"
import { requestBytes } from "./request-bytes.ts"
import { expectRejection, type Start, startNoting } from "./request-exchange.ts"

const update = wireBody(recordedUpdate("message-59-text-hello", 7))

async function expectInvalid(start: Start, bodies: readonly string[]): Promise<void> {
  const application = await startNoting(start)
  for (const body of bodies) await expectRejection(application, requestBytes(body), 400)
  expect(application.handled).toEqual([])
  expect(application.events.map((event) => event.type === "rejected" && event.reason)).toEqual(
    bodies.map(() => "invalid"),
  )
}

/** Bodies that are no update. */
export const invalidCases: readonly ContractCase[] = [
  {
    id: "invalid-empty",
    level: "MUST",
    rests: "design, 4",
    title: "an empty body is refused with 400, whether its length is declared or not",
    async run(start) {
      await expectInvalid(start, [""])
      const application = await startNoting(start)
      await expectRejection(application, requestBytes("", { headers: { "Content-Length": undefined } }), 400)
      expect(application.handled).toEqual([])
    },
  },
  {
    id: "invalid-update",
    level: "MUST",
    rests: "design, 4",
    title: "an object or array that is no update is refused with 400",
    run: (start) =>
      expectInvalid(start, [
        "{}",
        "[]",
        `[${update}]`,
        '{"message":{}}',
        '{"Update_id":1}',
        '{"update":{"update_id":1}}',
      ]),
  },
  {
    id: "invalid-update-id",
    level: "MUST",
    rests: "design, 4",
    title: "an update_id that is negative, fractional, too large or no number is refused with 400",
    async run(start) {
      const ids = ["-1", "1.5", '"1"', "9007199254740992", "1e400", "null", "true", "[]", "[1]", "{}", '""']
      await expectInvalid(
        start,
        ids.map((id) => update.replace('"update_id":7', `"update_id":${id}`)),
      )
    },
  },
  {
    id: "invalid-json",
    level: "MUST",
    rests: "design, 4",
    title: "what is no JSON, or JSON of another sort, is refused with 400",
    async run(start) {
      const others = ["null", "12", "true", '"text"', JSON.stringify(update)]
      const broken = [
        " ",
        update.slice(0, -1),
        update.slice(0, 40),
        `${update}x`,
        update + update,
        `${update},`,
        "{'update_id':7}",
        "update_id=7",
        "\0",
      ]
      await expectInvalid(start, [...others, ...broken])
    },
  },
]
