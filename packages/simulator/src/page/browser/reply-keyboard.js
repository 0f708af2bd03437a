import { act } from "./act.js"
import { replyTo } from "./composer.js"
import { byId, element } from "./element.js"
import { show, state } from "./state.js"

const frame = byId("reply-keyboard")
const text = /** @type {HTMLTextAreaElement} */ (byId("text"))
/** What is shown, to leave it alone when nothing has changed. */
let shown = ""
/** The message whose keyboard was used up, as it was to be shown once. */
let used = 0

function draw() {
  const { keyboard } = state
  const now = JSON.stringify([keyboard, used])
  if (now === shown) return
  const fresh = shown !== "" && !shown.startsWith(`[{"message_id":${keyboard?.message_id},`)
  shown = now
  const markup = /** @type {any} */ (keyboard?.markup)
  text.placeholder = markup?.input_field_placeholder ?? "Message"
  frame.hidden = !markup?.keyboard || used === keyboard?.message_id
  frame.replaceChildren(...(frame.hidden ? [] : markup.keyboard.map(rowOf)))
  const asked = markup?.force_reply && fresh && state.messages.get(/** @type {any} */ (keyboard).message_id)
  if (asked) replyTo(asked.message)
}

/**
 * @param {any[]} row
 * @param {number} index
 */
function rowOf(row, index) {
  return element("div", { class: "row" }, ...row.map((button, column) => keyOf(button, index, column)))
}

/**
 * @param {any} button
 * @param {number} row
 * @param {number} column
 */
function keyOf(button, row, column) {
  const { message_id, markup } = /** @type {any} */ (state.keyboard)
  const press = async () => {
    state.atEnd = true
    const done = await act("press", { message_id, row, column })
    if (done && markup.one_time_keyboard) used = message_id
    draw()
  }
  return element(
    "button",
    { type: "button", class: "key", click: () => void press() },
    element("span", {}, button.text ?? button),
  )
}

show(["overview"], draw)
