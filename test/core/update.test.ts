import {
  chatOf,
  dateOf,
  kindOf,
  laneOf,
  lifetimeOf,
  type Update,
  type UpdateKind,
  updateKinds,
  userOf,
} from "@hookgram/core"
import type { Update as KnownUpdate } from "@grammyjs/types"
import * as fc from "fast-check"
import { describe, expect, expectTypeOf, test } from "vitest"
import { recorded } from "../support/updates.ts"

/** Where chat, user and date stand in an update of a kind, and how many seconds it lives: facts, 9 and 3.4. */
interface Row {
  readonly chat?: string
  readonly user?: string
  readonly life?: number
  readonly date?: string
}

const message: Row = { chat: "chat.id", user: "from.id", life: 86_400, date: "edit_date date" }
const event: Row = { chat: "chat.id", user: "from.id", life: 86_400, date: "date" }

const table: Readonly<Record<string, Row>> = {
  message,
  edited_message: message,
  channel_post: message,
  edited_channel_post: message,
  inline_query: { user: "from.id", life: 30 },
  chosen_inline_result: { user: "from.id", life: 600 },
  callback_query: { chat: "message.chat.id", user: "from.id", life: 150 },
  shipping_query: { user: "from.id", life: 150 },
  pre_checkout_query: { user: "from.id", life: 150 },
  poll: { life: 86_400 },
  poll_answer: { chat: "voter_chat.id", user: "user.id", life: 86_400 },
  my_chat_member: event,
  chat_member: event,
  chat_join_request: event,
  chat_boost: { chat: "chat.id", user: "boost.source.user.id", life: 86_400, date: "boost.add_date" },
  removed_chat_boost: { chat: "chat.id", user: "source.user.id", life: 86_400, date: "remove_date" },
  message_reaction: { chat: "chat.id", user: "user.id actor_chat.id", life: 86_400, date: "date" },
  message_reaction_count: { chat: "chat.id", life: 86_400, date: "date" },
  business_connection: { chat: "user_chat_id", user: "user.id", life: 86_400 },
  business_message: message,
  edited_business_message: message,
  deleted_business_messages: { chat: "chat.id", life: 86_400 },
  purchased_paid_media: { user: "from.id", life: 86_400 },
  managed_bot: { user: "user.id", life: 86_400 },
  guest_message: message,
  subscription: { user: "user.id" },
  unknown: {},
}

/** The first of some paths that leads to something. */
function at(payload: unknown, paths = ""): unknown {
  for (const path of paths.split(" ")) {
    let value = payload
    for (const name of path.split(".")) value = (value as Record<string, unknown> | null | undefined)?.[name]
    if (value !== undefined && value !== null) return value
  }
  return undefined
}

describe("every recorded update", () => {
  test.each(recorded)("$name", ({ name, update }) => {
    const kind = name.split("-")[0]!
    const { chat, user, life, date } = table[kind]!
    const payload = (update as unknown as Record<string, unknown>)[kind]
    if (kind !== "unknown") expect(kindOf(update)).toBe(kind)
    expect(chatOf(update)).toBe(at(payload, chat))
    expect(userOf(update)).toBe(at(payload, user))
    expect(laneOf(update)).toBe(at(payload, chat) ?? at(payload, user))
    expect(dateOf(update)).toBe(at(payload, date))
    expect(lifetimeOf(update)).toBe(life)
  })

  test("has a chat or a user wherever the facts name one", () => {
    // Else the comparison above would be one of nothing with nothing. A boost by nobody and an anonymous vote have none.
    const without = recorded.filter(({ update }) => laneOf(update) === undefined).map(({ name }) => name.split("-")[0])
    expect([...new Set(without)].toSorted()).toEqual(["poll", "unknown"])
    const chats = new Set(
      recorded.filter(({ update }) => chatOf(update) !== undefined).map(({ name }) => name.split("-")[0]),
    )
    expect(Object.keys(table).filter((kind) => table[kind]!.chat && !chats.has(kind))).toEqual([])
    const dates = new Set(
      recorded.filter(({ update }) => dateOf(update) !== undefined).map(({ name }) => name.split("-")[0]),
    )
    expect(Object.keys(table).filter((kind) => table[kind]!.date && !dates.has(kind))).toEqual([])
  })
})

describe("the kinds", () => {
  test("are those of @grammyjs/types", () => {
    expectTypeOf<UpdateKind>().toEqualTypeOf<Exclude<keyof KnownUpdate, "update_id">>()
    // The compiler completes this list: a kind too few or too many is an error of types.
    const kinds: Record<Exclude<keyof KnownUpdate, "update_id">, true> = {
      message: true,
      edited_message: true,
      channel_post: true,
      edited_channel_post: true,
      business_connection: true,
      business_message: true,
      edited_business_message: true,
      deleted_business_messages: true,
      guest_message: true,
      stopped_message_generation: true,
      message_reaction: true,
      message_reaction_count: true,
      inline_query: true,
      chosen_inline_result: true,
      callback_query: true,
      shipping_query: true,
      pre_checkout_query: true,
      purchased_paid_media: true,
      poll: true,
      poll_answer: true,
      my_chat_member: true,
      chat_member: true,
      chat_join_request: true,
      chat_boost: true,
      removed_chat_boost: true,
      managed_bot: true,
      subscription: true,
    }
    expect(updateKinds.toSorted()).toEqual(Object.keys(kinds).toSorted())
    expect(updateKinds).toHaveLength(27)
    expect(updateKinds).toEqual(expect.arrayContaining(Object.keys(table).filter((kind) => kind !== "unknown")))
  })

  test.each<[object, string | undefined]>([
    [{ update_id: 1 }, undefined],
    [{ update_id: 1, brand_new: {} }, "brand_new"],
    [{ brand_new: {}, update_id: 1 }, "brand_new"],
    [{ update_id: 1, first: {}, second: {} }, "first"],
    [{ update_id: 1, extra: 1, poll: {} }, "poll"],
    [{ update_id: 1, message: null }, "message"],
    [{ update_id: 1, custom_event: {} }, "custom_event"],
    [{ update_id: 1, toString: {} }, "toString"],
    [JSON.parse('{"update_id":1,"__proto__":{"chat":{"id":5}}}') as object, "__proto__"],
  ])("the kind of %j is %j", (update, kind) => {
    expect(kindOf(update as Update)).toBe(kind)
  })

  test("custom_event and custom_query pass like unknown ones, with the lifetime of facts, 3.4", () => {
    const payload = { chat: { id: 1 }, from: { id: 2 } }
    const [customEvent, customQuery] = [
      { update_id: 1, custom_event: payload },
      { update_id: 1, custom_query: payload },
    ]
    expect([laneOf(customEvent), lifetimeOf(customEvent)]).toEqual([undefined, 600])
    expect([laneOf(customQuery), lifetimeOf(customQuery)]).toEqual([undefined, undefined])
  })
})

describe("a payload that is not as documented", () => {
  const names = [
    "id",
    "chat",
    "from",
    "user",
    "message",
    "boost",
    "source",
    "voter_chat",
    "actor_chat",
    "user_chat_id",
    "date",
    "edit_date",
    "add_date",
    "remove_date",
    "__proto__",
  ]
  const { payload } = fc.letrec((tie) => ({
    payload: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>(null, undefined, true, "", "7", 7, -1, 0, 1.5, Number.NaN, Number.POSITIVE_INFINITY),
      fc.array(tie("payload"), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom(...names), tie("payload"), { maxKeys: 6 }),
    ),
  }))

  test("never throws, and gives numbers or nothing", () => {
    fc.assert(
      fc.property(fc.constantFrom(...updateKinds, "custom_event", "unknown"), payload, (kind, value) => {
        const update = { update_id: 1, [kind]: value } as Update
        expect(kindOf(update)).toBe(kind)
        for (const look of [chatOf, userOf, laneOf, dateOf, lifetimeOf])
          expect(["number", "undefined"]).toContain(typeof look(update))
        expect(dateOf(update) ?? 1).toBeGreaterThan(0)
        expect(laneOf(update)).toBe(chatOf(update) ?? userOf(update))
      }),
      { numRuns: 500 },
    )
  })
})
