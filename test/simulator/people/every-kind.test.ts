import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { kindNames } from "../../../packages/simulator/src/updates/kinds.ts"
import { scenes } from "./scenes.ts"
import { curiousTelegram, impatient, newest, waiting } from "./telegram.ts"

test.each(scenes)("$kind has the fields of the recorded $recorded", async ({ kind, recorded, make, theirs, ours }) => {
  const telegram = await curiousTelegram(impatient)
  await make(telegram)
  const file = new URL(`../../fixtures/updates/${recorded}.json`, import.meta.url)
  const update = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>
  expect([...shape(newest(telegram.bot, kind)), ...(theirs ?? [])].toSorted()).toEqual(
    [...shape(update[kind]), ...(ours ?? [])].toSorted(),
  )
})

test("stopped_message_generation, of which there is no recorded one, has the documented fields", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  await ana.stopGeneration(7)
  const chat = { id: ana.id, first_name: "Ana", type: "private" }
  expect(newest(telegram.bot, "stopped_message_generation")).toEqual({ chat, draft_id: 7 })
})

test("custom events and queries, which may be any JSON, come in as they are", async () => {
  const telegram = await curiousTelegram()
  telegram.deliver({ custom_event: { a: [1] } })
  telegram.deliver('{"custom_query":{"timeout":5}}')
  expect(waiting(telegram.bot)).toEqual([
    ["custom_event", { a: [1] }],
    ["custom_query", { timeout: 5 }],
  ])
})

test("these are all kinds there are (facts, 9)", () => {
  const others = ["stopped_message_generation", "custom_event", "custom_query"]
  expect(new Set([...scenes.map(({ kind }) => kind), ...others])).toEqual(new Set(kindNames))
})

/** The names of all fields, such as `from.id`; of lists, those of their items. */
function shape(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return distinct(value.flatMap((item) => shape(item, `${path}[]`)))
  if (typeof value !== "object" || value === null) return [path]
  return distinct(
    Object.entries(value).flatMap(([name, field]) => shape(field, path === "" ? name : `${path}.${name}`)),
  )
}

function distinct(names: string[]): string[] {
  return [...new Set(names)]
}
