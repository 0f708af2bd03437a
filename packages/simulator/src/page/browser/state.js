/**
 * @typedef {import("../state.ts").ChatView} ChatView
 * @typedef {import("../state.ts").BotView} BotView
 * @typedef {import("../views.ts").MessageView} MessageView
 * @typedef {import("../views.ts").CallView} CallView
 * @typedef {import("../../journal.ts").Delivery} Delivery
 * @typedef {"overview" | "messages" | "deliveries" | "calls" | "time"} Part
 */

/** How many deliveries and calls are kept. */
const MOST = 300
/** How many messages are kept while the newest are in sight, and how many while older ones are read. */
const MESSAGES = { newest: 200, reading: 1000 }

/** What is known of the simulator. */
export const state = {
  /** @type {BotView[]} */
  bots: [],
  /** @type {{ id: number, name: string, username?: string }[]} */
  people: [],
  /** @type {ChatView[]} */
  chats: [],
  /** What is below the chat instead of the letters. @type {import("../state.ts").Overview["keyboard"]} */
  keyboard: undefined,
  /** Of the chat, by id, oldest first. @type {Map<number, MessageView>} */
  messages: new Map(),
  /** Whether there are messages before these. */
  older: false,
  /** Whether the newest messages are in sight. */
  atEnd: true,
  /** @type {Map<number, Delivery>} */
  deliveries: new Map(),
  /** @type {Map<number, CallView>} */
  calls: new Map(),
  /** Telegram's time, in Unix milliseconds. */
  now: Date.now(),
}

/** @type {Map<Part, (() => void)[]>} */
const views = new Map()
/** @type {Set<Part>} */
const dirty = new Set()

/**
 * Calls back after a part has changed, once per frame at most.
 *
 * @param {Part[]} parts
 * @param {() => void} view
 */
export function show(parts, view) {
  for (const part of parts) views.set(part, [...(views.get(part) ?? []), view])
}

/** @param {...Part} parts */
export function changed(...parts) {
  if (dirty.size === 0) requestAnimationFrame(draw)
  for (const part of parts) dirty.add(part)
}

function draw() {
  const due = new Set([...dirty].flatMap((part) => views.get(part) ?? []))
  dirty.clear()
  for (const view of due) view()
}

/** @param {import("../state.ts").Overview} overview */
export function replaceOverview({ bots, people, chats, keyboard }) {
  Object.assign(state, { bots, people, chats, keyboard })
  changed("overview")
}

/** @param {Pick<import("../snapshot.ts").Snapshot, "messages" | "older">} newest */
export function replaceMessages({ messages, older }) {
  state.messages = new Map(messages.map((view) => [view.message.message_id, view]))
  state.older = older
  changed("messages")
}

/** @param {import("../snapshot.ts").Snapshot} snapshot */
export function replace({ messages, older, deliveries, calls, now, ...overview }) {
  state.now = now
  replaceOverview(overview)
  replaceMessages({ messages, older })
  state.deliveries = new Map(deliveries.map((delivery) => [delivery.number, delivery]))
  state.calls = new Map(calls.map((call) => [call.number, call]))
  changed("deliveries", "calls", "time")
}

/** @param {{ messages: MessageView[], deleted: number[], deliveries: Delivery[], calls: CallView[], now: number }} news */
export function merge({ messages, deleted, deliveries, calls, now }) {
  for (const view of messages) if (!isBeforeAll(view)) state.messages.set(view.message.message_id, view)
  for (const id of deleted) state.messages.delete(id)
  trimMessages()
  for (const delivery of deliveries) put(state.deliveries, delivery)
  for (const call of calls) put(state.calls, call)
  state.now = now
  if (messages.length + deleted.length > 0) changed("messages")
  if (deliveries.length > 0) changed("deliveries")
  if (calls.length > 0) changed("calls")
}

/**
 * Puts messages before those that are there.
 *
 * @param {MessageView[]} messages
 * @param {boolean} older
 */
export function prepend(messages, older) {
  state.messages = new Map([
    ...messages.map((view) => /** @type {const} */ ([view.message.message_id, view])),
    ...state.messages,
  ])
  state.older = older
  changed("messages")
}

/** Forgets the oldest messages when there are too many. */
function trimMessages() {
  const most = state.atEnd ? MESSAGES.newest : MESSAGES.reading
  for (const id of state.messages.keys()) {
    if (state.messages.size <= most) break
    state.messages.delete(id)
    state.older = true
    changed("messages")
  }
}

/**
 * An old message that was changed, but is not shown.
 *
 * @param {MessageView} view
 */
function isBeforeAll({ message }) {
  const first = state.messages.keys().next().value
  return state.older && first !== undefined && message.message_id < first
}

/**
 * @template {{ number: number }} T
 * @param {Map<number, T>} items
 * @param {T} item
 */
function put(items, item) {
  items.set(item.number, item)
  for (const number of items.keys()) {
    if (items.size <= MOST) break
    items.delete(number)
  }
}
