import { expect, test } from "vitest"
import { VirtualClock } from "../../../packages/simulator/src/clock/virtual.ts"
import { Queues } from "../../../packages/simulator/src/delivery/queues.ts"
import { Random } from "../../../packages/simulator/src/random.ts"
import { UpdateList } from "../../../packages/simulator/src/updates/list.ts"
import { OK, type Received, status, updateOf } from "../support/receiver.ts"
import { deliveringTo, emit, emitMessage, printTable } from "../support/telegram.ts"

const SPACE = 2 ** 33
const chat = { id: -1_001_234_567_890, type: "supergroup", title: "Team" }
const from = { id: 7 }

/** Of each kind: what it is made of, and its key by the facts' table. */
const keys: Record<string, readonly [content: object, key: number | bigint | "its own"]> = {
  message: [{ chat, date: 2e9 }, chat.id],
  edited_message: [{ chat, date: 2e9 }, chat.id],
  channel_post: [{ chat, date: 2e9 }, chat.id],
  edited_channel_post: [{ chat, date: 2e9 }, chat.id],
  inline_query: [{ from }, 7 + SPACE],
  chosen_inline_result: [{ from }, 7 + 2 * SPACE],
  callback_query: [{ from, message: { chat } }, 7 + 3 * SPACE],
  custom_event: [{}, "its own"],
  custom_query: [{}, "its own"],
  shipping_query: [{ from }, 7 + 4 * SPACE],
  pre_checkout_query: [{ from }, 7 + 4 * SPACE],
  poll: [{ id: "5381077103923459078" }, 5381077103923459078n],
  poll_answer: [{ poll_id: "5381077103923459078", user: from }, 5381077103923459078n],
  my_chat_member: [{ chat, date: 2e9 }, chat.id + 5 * SPACE],
  chat_member: [{ chat, from, new_chat_member: { user: { id: 9 } }, date: 2e9 }, 9 + 6 * SPACE],
  chat_join_request: [{ chat, from, date: 2e9 }, 7 + 6 * SPACE],
  chat_boost: [{ chat, boost: { add_date: 2e9 } }, chat.id + 7 * SPACE],
  removed_chat_boost: [{ chat, remove_date: 2e9 }, chat.id + 7 * SPACE],
  message_reaction: [{ chat, date: 2e9 }, chat.id + 8 * SPACE],
  message_reaction_count: [{ chat, date: 2e9 }, chat.id + 9 * SPACE],
  business_connection: [{ user: from, user_chat_id: 8 }, 7 + 10 * SPACE],
  business_message: [{ chat: { id: 8 }, date: 2e9 }, 8 + 11 * SPACE],
  edited_business_message: [{ chat: { id: 8 }, date: 2e9 }, 8 + 11 * SPACE],
  deleted_business_messages: [{ chat: { id: 8 } }, 8 + 11 * SPACE],
  guest_message: [{ chat, date: 2e9 }, chat.id + 12 * SPACE],
  purchased_paid_media: [{ from }, 7 + 12 * SPACE],
  managed_bot: [{ user: from }, 7 + 13 * SPACE],
}

test("the delivery queue of every kind (facts, 2.2)", async () => {
  const { telegram } = await deliveringTo(undefined, { allowed_updates: Object.keys(keys) })
  for (const [kind, [content]] of Object.entries(keys)) emit(telegram, kind, content)
  await telegram.settled()
  const rows = telegram.deliveries
    .toSorted((one, other) => one.updateId - other.updateId)
    .map(({ kind, queue }) => ({ kind, queue }))
  printTable("Delivery queues, of user 7 and chat -1001234567890 or 8 (facts, 2.2)", rows)
  const fresh = (index: number) => (2n ** 60n + BigInt(index)).toString()
  let own = 0
  expect(rows).toEqual(
    Object.entries(keys).map(([kind, [, key]]) => ({ kind, queue: key === "its own" ? fresh(own++) : String(key) })),
  )
})

test("of a queue, one update is in flight at a time, in the order of update_id; queues do not wait for each other (facts, 2.1)", async () => {
  const inFlight = new Map<unknown, number>()
  let most = 0
  let together = 0
  const order = new Map<unknown, number[]>()
  const { telegram } = await deliveringTo(async (request) => {
    const { update_id, message } = updateOf(request)
    const { id } = message!.chat as { id: number }
    inFlight.set(id, (inFlight.get(id) ?? 0) + 1)
    most = Math.max(most, inFlight.get(id)!)
    together = Math.max(together, [...inFlight.values()].filter((count) => count > 0).length)
    order.set(id, [...(order.get(id) ?? []), update_id])
    await telegram.sleep(1000)
    inFlight.set(id, inFlight.get(id)! - 1)
    return OK
  })
  emitMessage(telegram, 1)
  await telegram.settled()
  for (let round = 0; round < 3; round++) for (let id = 1; id <= 9; id++) emitMessage(telegram, id)
  await telegram.settled()
  expect(most).toBe(1)
  expect(together).toBe(9)
  for (const ids of order.values()) expect(ids).toEqual(ids.toSorted((one, other) => one - other))
})

test("messages and button presses of one chat are in different queues: one can overtake the other (facts, 2.2)", async () => {
  const { telegram, receiver } = await deliveringTo(({ body }) => (body.includes('"text"') ? status(500) : OK))
  emitMessage(telegram, 7)
  emit(telegram, "callback_query", { id: "1", from: { id: 7 }, message: { chat: { id: 7 } } })
  await telegram.advance(5000)
  expect(telegram.deliveries.find(({ kind }) => kind === "callback_query")?.outcome).toBe("delivered")
  expect(receiver.requests.length).toBeGreaterThan(2)
})

test("of queues loaded together, the smaller signed key goes first (facts, 2.3)", async () => {
  const { telegram, receiver } = await deliveringTo(undefined)
  for (const id of [900, 5, -40, -1_001_000_000_001, 77]) emitMessage(telegram, id)
  await telegram.settled()
  expect(receiver.requests.map(chatOf)).toEqual([-1_001_000_000_001, -40, 5, 77, 900])
})

test("after a success the next of the queue keeps its old time, and so goes before what came later (facts, 2.3)", async () => {
  const { telegram, receiver } = await deliveringTo(undefined)
  emitMessage(telegram, 50, "1")
  emitMessage(telegram, 50, "2")
  let later = false
  receiver.answer = async () => {
    if (!later) {
      later = true
      await telegram.sleep(10)
      emitMessage(telegram, 3, "later, with a smaller key")
    }
    return OK
  }
  await telegram.settled()
  expect(receiver.requests.map(chatOf)).toEqual([50, 50, 3])
})

test("an update that was loaded behind another has its own time, and waits for what was loaded before it (facts, 2.3)", async () => {
  const { telegram } = await deliveringTo(async () => {
    await telegram.sleep(10_000)
    return OK
  })
  for (const id of [1, 2, 1]) {
    emitMessage(telegram, id)
    await telegram.advance(1000)
  }
  await telegram.settled()
  expect(telegram.deliveries.map(({ queue }) => queue)).toEqual(["1", "2", "1"])
})

test.each([
  [1, 2],
  [5, 10],
  [40, 80],
])("with max_connections %i, %i failing chats hold back the whole bot (facts, 2.4)", async (connections, chats) => {
  const isFailing = (request: Received) => chatOf(request) !== -1
  const { telegram, receiver } = await deliveringTo((request) => (isFailing(request) ? status(500) : OK), {
    max_connections: connections,
  })
  for (let id = 1; id <= chats; id++) emitMessage(telegram, id)
  emitMessage(telegram, -1, "the one behind them all")
  await telegram.advance(3600_000)
  expect(new Set(receiver.requests.map(chatOf)).size).toBe(chats)
  expect(receiver.requests.every(isFailing)).toBe(true)
  // One of them gets through: its place is free, and what waited is read.
  receiver.answer = (request) => (chatOf(request) <= 1 ? OK : status(500))
  await telegram.advance(3600_000)
  expect(receiver.requests.some((request) => !isFailing(request))).toBe(true)
})

test("when a few places are left, no more chats are read than there are places (facts, 2.4)", async () => {
  const { telegram, receiver } = await deliveringTo(() => status(500), { max_connections: 2 })
  for (const id of [1, 2, 3]) emitMessage(telegram, id)
  await telegram.advance(1000)
  for (const id of [4, 5, 6, 7]) emitMessage(telegram, id)
  await telegram.advance(3_600_000)
  expect(new Set(receiver.requests.map(chatOf))).toEqual(new Set([1, 2, 3, 4]))
})

test("when ids begin anew, what has the new ones is read (facts, 7.4)", () => {
  const random = new Random(1)
  const firsts = [1_999_999_997, 7_000_000]
  random.integer = () => firsts.shift() ?? Number.NaN
  const list = new UpdateList(new VirtualClock(0, 20), random)
  const queues = new Queues(list, 10)
  const ids: (number | undefined)[] = []
  for (const key of [1, 2, 3, 4]) {
    list.add({ kind: "message", text: "{}", key, expires: 60 })
    queues.load(0)
    ids.push(queues.take(0)?.loaded.update.id)
  }
  expect(ids).toEqual([1_999_999_997, 1_999_999_998, 7_000_000, 7_000_001])
})

test("many updates of one chat take one place only (facts, 2.4)", async () => {
  const { telegram, receiver } = await deliveringTo(({ body }) => (body.includes('"bad"') ? status(500) : OK), {
    max_connections: 1,
  })
  for (let count = 0; count < 5; count++) emitMessage(telegram, 1, "bad")
  emitMessage(telegram, 2, "good")
  await telegram.advance(60_000)
  expect(receiver.requests.some(({ body }) => body.includes('"good"'))).toBe(true)
})

test("an update that expires in the list is never sent; one that expires while it is loaded is (facts, 3.4)", async () => {
  const { telegram, receiver } = await deliveringTo(
    async ({ body }) => {
      if (body.includes('"hold"')) await telegram.sleep(40_000)
      return OK
    },
    { max_connections: 1 },
  )
  // Two are read from the list at a time here (facts, 2.4).
  emit(telegram, "inline_query", { id: "hold", from: { id: 1 } })
  emit(telegram, "inline_query", { id: "loaded", from: { id: 1 } })
  emit(telegram, "inline_query", { id: "in the list", from: { id: 1 } })
  await telegram.advance(100_000)
  expect(receiver.requests.map((request) => updateOf(request).inline_query?.id)).toEqual(["hold", "loaded"])
})

function chatOf(request: Received): number {
  return (updateOf(request).message!.chat as { id: number }).id
}
