import { place } from "./place.js"
import { show, state } from "./state.js"
import { alertText, toast } from "./toast.js"

/** How long a button waits for its answer, in milliseconds. */
const PATIENCE = 30_000

/**
 * The buttons that were pressed and not answered, by the id of their callback query as a number: calls are listed with such
 * ids as JSON numbers.
 *
 * @type {Map<number, HTMLElement>}
 */
const waiting = new Map()
/** The calls that were looked at for what a bot is doing. @type {WeakSet<object>} */
const seen = new WeakSet()

/**
 * Shows what the bot answers to a pressed button.
 *
 * @param {string} query
 * @param {HTMLElement} button
 */
export function expectAnswer(query, button) {
  waiting.set(Number(query), button)
  setTimeout(() => release(Number(query)), PATIENCE)
  look()
}

/** What the bots are doing, such as typing, and until when in Telegram's time. */
export const doing = { text: "", until: 0 }

const actions = /** @type {Record<string, string>} */ ({
  typing: "is typing",
  upload_photo: "is sending a photo",
  record_video: "is recording a video",
  upload_video: "is sending a video",
  record_voice: "is recording a voice message",
  upload_voice: "is sending a voice message",
  upload_document: "is sending a file",
  choose_sticker: "is choosing a sticker",
  find_location: "is looking for a place",
})

/** Looks through the new calls for answers to buttons and for signs of what a bot does. */
function look() {
  for (const call of state.calls.values()) {
    if (call.ok && call.method === "answerCallbackQuery") answered(parse(call.parameters))
    if (seen.has(call) || !call.ok) continue
    seen.add(call)
    if (call.method === "sendChatAction") acts(call, parse(call.parameters))
    else if (call.method.startsWith("send")) stopsActing(parse(call.parameters))
  }
}

/** @param {Record<string, any>} parameters */
function answered({ callback_query_id: id, text, show_alert, url }) {
  const query = Number(id)
  if (!waiting.has(query)) return
  release(query)
  if (text) (show_alert ? alertText : toast)(String(text))
  if (/^https?:/.test(url ?? "")) window.open(url, "_blank", "noopener")
}

/** @param {number} query */
function release(query) {
  waiting.get(query)?.removeAttribute("aria-busy")
  waiting.delete(query)
}

/**
 * @param {import("./state.js").CallView} call
 * @param {Record<string, any>} parameters
 */
function acts({ bot, startedAt }, { chat_id, action }) {
  if (!isHere(chat_id) || state.now - startedAt > 5000) return
  const name = state.bots.find(({ id }) => id === bot)?.name ?? "The bot"
  Object.assign(doing, { text: `${name} ${actions[action] ?? "is busy"}…`, until: startedAt + 5000 })
}

/** @param {Record<string, any>} parameters */
function stopsActing({ chat_id }) {
  if (isHere(chat_id)) doing.until = 0
}

/** @param {unknown} chat */
function isHere(chat) {
  const { person, peer } = place()
  return Number(chat) === (peer && peer > 0 ? person : peer)
}

/**
 * @param {string} text
 * @returns {Record<string, any>}
 */
function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

show(["calls"], look)
