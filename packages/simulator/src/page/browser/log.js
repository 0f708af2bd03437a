import { byId } from "./element.js"
import { author, fill, isOwn } from "./message.js"
import { place, query } from "./place.js"
import { prepend, show, state } from "./state.js"
import { dayOf } from "./time.js"
import { offerTools } from "./tools.js"

const log = byId("log")
const list = byId("messages")
const newest = byId("newest")
const older = byId("older")

/** The elements of the messages, and what they show. */
/** @type {Map<number, { item: HTMLElement, shown: string, view: object }>} */
const items = new Map()
let chat = ""
/** How high the frame was when it was last looked at. */
let height = 0

/** Brings the elements in line with the messages; those that have not changed are left alone. */
function draw() {
  const elsewhere = chat !== query(place())
  chat = query(place())
  // What is there when a chat is opened is not read out.
  list.parentElement?.setAttribute("aria-live", elsewhere ? "off" : "polite")
  if (elsewhere) reset()
  const last = Math.max(0, ...items.keys())
  for (const [id, { item }] of items) if (!state.messages.has(id)) remove(id, item)
  /** @type {{ item: HTMLElement, view: import("./state.js").MessageView } | undefined} */
  let previous
  for (const [id, view] of state.messages) {
    const item = itemOf(id, view)
    /** @type {ChildNode | null} */
    const after = previous ? previous.item.nextSibling : list.firstChild
    if (item !== after) list.insertBefore(item, after)
    item.classList.toggle("follows", previous !== undefined && follows(view, previous.view))
    mark(item, view, previous?.view)
    previous = { item, view }
  }
  older.hidden = !state.older
  if (state.atEnd || elsewhere) toEnd()
  else if ([...state.messages.keys()].some((id) => id > last)) newest.hidden = false
}

function reset() {
  for (const [id, { item }] of items) remove(id, item)
  state.atEnd = true
}

/**
 * @param {number} id
 * @param {HTMLElement} item
 */
function remove(id, item) {
  const next = item.contains(document.activeElement)
    ? (item.nextElementSibling ?? item.previousElementSibling)
    : undefined
  item.remove()
  items.delete(id)
  if (next instanceof HTMLElement) next.focus()
}

/**
 * @param {number} id
 * @param {import("./state.js").MessageView} view
 */
function itemOf(id, view) {
  const known = items.get(id)
  if (known?.view === view) return known.item
  const shown = JSON.stringify(view)
  const item = known?.item ?? document.createElement("li")
  if (known?.shown !== shown) keepingFocus(item, () => fill(item, view))
  if (!known) Object.assign(item, { id: `message-${id}`, tabIndex: -1 })
  items.set(id, { item, shown, view })
  return item
}

/**
 * Fills an element anew; the focus stays on the same button in it.
 *
 * @param {HTMLElement} item
 * @param {() => void} change
 */
function keepingFocus(item, change) {
  /** @returns {HTMLElement[]} */
  const buttons = () => [...item.querySelectorAll("button, a")].filter((one) => one instanceof HTMLElement)
  const focused = /** @type {HTMLElement} */ (document.activeElement)
  const at = item.contains(focused) ? buttons().indexOf(focused) : -2
  change()
  if (at >= -1 && item.isConnected) (buttons()[at] ?? item).focus({ preventScroll: true })
}

/**
 * Whether a message is of the same author as the one before, shortly after it.
 *
 * @param {import("./state.js").MessageView} view
 * @param {import("./state.js").MessageView} before
 */
function follows({ message }, { message: before }) {
  return (
    author(message).id === author(before).id && isOwn(message) === isOwn(before) && message.date - before.date < 300
  )
}

/**
 * Puts the day above the first message of it.
 *
 * @param {HTMLElement} item
 * @param {import("./state.js").MessageView} view
 * @param {import("./state.js").MessageView} [before]
 */
function mark(item, { message }, before) {
  const day = dayOf(message.date)
  if (!before || dayOf(before.message.date) !== day) item.dataset["day"] = day
  else delete item.dataset["day"]
}

function toEnd() {
  log.scrollTop = log.scrollHeight
  newest.hidden = true
}

log.addEventListener(
  "scroll",
  () => {
    // A window that changes its size scrolls by itself.
    if (log.clientHeight !== height) return
    const away = log.scrollHeight - log.scrollTop - log.clientHeight
    state.atEnd = away < 60
    if (state.atEnd) newest.hidden = true
  },
  { passive: true },
)

newest.addEventListener("click", () => {
  state.atEnd = true
  toEnd()
})

async function showOlder() {
  const first = state.messages.keys().next().value
  const response = await fetch(`/state?${query({ ...place(), before: first })}`)
  const { messages, older: more } = await response.json()
  const below = log.scrollHeight - log.scrollTop
  state.atEnd = false
  prepend(messages, more)
  requestAnimationFrame(() => {
    log.scrollTop = log.scrollHeight - below
    if (older.hidden) document.getElementById(`message-${messages[0]?.message.message_id}`)?.focus()
  })
}

older.addEventListener("click", () => void showOlder())

// A picture that has loaded, or a window that shrank, must not push the newest message out of sight.
new ResizeObserver(() => state.atEnd && toEnd()).observe(list)
new ResizeObserver(() => {
  height = log.clientHeight
  if (state.atEnd) toEnd()
}).observe(log)

offerTools(list, (item) => state.messages.get(Number(item.id.replace("message-", ""))))
show(["messages"], draw)
