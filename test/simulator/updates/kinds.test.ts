import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { VirtualClock } from "../../../packages/simulator/src/clock/virtual.ts"
import { allowedByDefault, kindNames, lifetimeEnd, queueKey } from "../../../packages/simulator/src/updates/kinds.ts"

const NOW = Date.UTC(2026, 0, 1) / 1000
const clock = new VirtualClock(NOW * 1000 + 999, 1000)

const CHAT = -1_001_234_567_890
const USER = 7_999_888_777
const DAY = 86_400

/** What a kind's content holds that counts, the base of its key, K, its lifetime, and the second that counts from. */
type Row = readonly [kind: string, content: object, base: number | bigint, k: number, lifetime: number, since?: number]

const DATE = NOW - 1000
const posted = { chat: { id: CHAT }, from: { id: USER }, date: DATE }
const edited = { ...posted, edit_date: DATE + 500 }
const rows: readonly Row[] = [
  ["message", posted, CHAT, 0, DAY, DATE],
  ["edited_message", edited, CHAT, 0, DAY, DATE + 500],
  ["channel_post", posted, CHAT, 0, DAY, DATE],
  ["edited_channel_post", edited, CHAT, 0, DAY, DATE + 500],
  ["inline_query", { from: { id: USER } }, USER, 1, 30],
  ["chosen_inline_result", { from: { id: USER } }, USER, 2, 600],
  ["callback_query", { from: { id: USER }, message: posted }, USER, 3, 150],
  ["callback_query", { from: { id: USER }, inline_message_id: "1" }, USER, 3, 150],
  ["custom_event", {}, 0, 0, 600],
  ["custom_query", { timeout: 45 }, 0, 0, 45],
  ["custom_query", { timeout: 0 }, 0, 0, DAY],
  ["shipping_query", { from: { id: USER } }, USER, 4, 150],
  ["pre_checkout_query", { from: { id: USER } }, USER, 4, 150],
  ["poll", { id: "5206291811429681156" }, 5_206_291_811_429_681_156n, 0, DAY],
  ["poll_answer", { poll_id: "5206291811429681156", user: { id: USER } }, 5_206_291_811_429_681_156n, 0, DAY],
  ["my_chat_member", { ...posted, new_chat_member: { user: { id: 1 } } }, CHAT, 5, DAY, DATE],
  ["chat_member", { ...posted, new_chat_member: { user: { id: 42 } } }, 42, 6, DAY, DATE],
  ["chat_join_request", posted, USER, 6, DAY, DATE],
  ["chat_boost", { chat: { id: CHAT }, boost: { add_date: DATE } }, CHAT, 7, DAY, DATE],
  ["removed_chat_boost", { chat: { id: CHAT }, remove_date: DATE }, CHAT, 7, DAY, DATE],
  ["message_reaction", { chat: { id: CHAT }, user: { id: USER }, date: DATE }, CHAT, 8, DAY, DATE],
  ["message_reaction_count", { chat: { id: CHAT }, date: DATE }, CHAT, 9, DAY, DATE],
  ["business_connection", { id: "c", user: { id: USER }, user_chat_id: 3, date: DATE }, USER, 10, DAY],
  ["business_message", { ...posted, business_connection_id: "c" }, CHAT, 11, DAY, DATE],
  ["edited_business_message", { ...edited, business_connection_id: "c" }, CHAT, 11, DAY, DATE + 500],
  ["deleted_business_messages", { business_connection_id: "c", chat: { id: CHAT } }, CHAT, 11, DAY],
  ["guest_message", posted, CHAT, 12, DAY, DATE],
  ["purchased_paid_media", { from: { id: USER } }, USER, 12, DAY],
  ["managed_bot", { user: { id: USER }, bot: { id: 1 } }, USER, 13, DAY],
]

for (const [kind, content, base, k, lifetime, since = NOW] of rows) {
  test(`${kind}: the key of its queue, and how long it lives (facts, 2.2 and 3.4)`, () => {
    expect(BigInt(queueKey(kind, content))).toBe(BigInt(base) + BigInt(k) * 8_589_934_592n)
    expect(lifetimeEnd(kind, content, clock)).toBe(since + lifetime)
  })
}

test("every kind of the facts' section 9 is there, in its order", () => {
  expect(kindNames.slice(0, 27)).toEqual([
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "custom_event",
    "custom_query",
    "shipping_query",
    "pre_checkout_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "message_reaction",
    "message_reaction_count",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "purchased_paid_media",
    "managed_bot",
    "guest_message",
  ])
  expect(new Set(rows.map(([kind]) => kind))).toEqual(new Set(kindNames.slice(0, 27)))
})

test("by default all kinds are on but three (facts, 5.5)", () => {
  expect(kindNames.filter((name) => !allowedByDefault.has(name))).toEqual([
    "chat_member",
    "message_reaction",
    "message_reaction_count",
  ])
})

test("two users' presses in one chat have two queues, a chat's edits and posts have one (facts, 2.2)", () => {
  const press = (id: number) => queueKey("callback_query", { from: { id }, message: posted })
  expect(press(1)).not.toBe(press(2))
  expect(queueKey("edited_message", edited)).toBe(queueKey("message", posted))
})

test("every recorded update has a key and a lifetime", () => {
  const folder = new URL("../../fixtures/updates/", import.meta.url)
  const files = readdirSync(folder).filter((name) => name.endsWith(".json") && !name.startsWith("unknown"))
  expect(files.length).toBeGreaterThan(100)
  const alone: string[] = []
  for (const name of files) {
    const update = JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Record<string, unknown>
    // Some have fields that nobody knows yet.
    const known = Object.entries(update).filter(([field]) => kindNames.includes(field))
    expect(known, name).toHaveLength(1)
    for (const [kind, content] of known) {
      expect(lifetimeEnd(kind, content, clock), name).toBeGreaterThan(0)
      if (queueKey(kind, content) === 0) alone.push(name)
    }
  }
  // The id of its poll is no number.
  expect(alone).toEqual(["poll-02-closed-quiz-explanation-media.json"])
})
