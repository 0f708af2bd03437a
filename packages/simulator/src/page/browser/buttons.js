import { act } from "./act.js"
import { element, icon, link } from "./element.js"
import { expectAnswer } from "./answers.js"
import { toast } from "./toast.js"

/**
 * @typedef {import("@grammyjs/types").InlineKeyboardMarkup} InlineKeyboard
 * @typedef {import("@grammyjs/types").InlineKeyboardButton} Button
 */

/**
 * The buttons below a message.
 *
 * @param {InlineKeyboard} markup
 * @param {number} message_id
 */
export function inlineKeyboard({ inline_keyboard: rows }, message_id) {
  const lines = rows.map((row, at) =>
    element(
      "div",
      { class: "row" },
      ...row.map((button, column) => inlineButton(button, { message_id, row: at, column })),
    ),
  )
  return element("div", { class: "inline-keyboard", role: "group", "aria-label": "Buttons" }, ...lines)
}

/**
 * @param {Button} button
 * @param {{ message_id: number, row: number, column: number }} where
 */
function inlineButton(button, where) {
  const target = addressOf(button)
  if (target) return link(target, { class: `key ${styleOf(button)}` }, element("span", {}, button.text), icon("link"))
  const key = element("button", { type: "button", class: `key ${styleOf(button)}` }, element("span", {}, button.text))
  key.addEventListener("click", () => void press(button, where, key))
  return key
}

/**
 * @param {Button} button
 * @param {{ message_id: number, row: number, column: number }} where
 * @param {HTMLElement} key
 */
async function press(button, where, key) {
  if ("copy_text" in button) return copy(button.copy_text.text)
  if (key.getAttribute("aria-busy") === "true") return
  key.setAttribute("aria-busy", "true")
  const pressed = await act("press", where)
  if (pressed?.["query"]) expectAnswer(pressed["query"], key)
  else key.removeAttribute("aria-busy")
}

/** @param {string} text */
async function copy(text) {
  await navigator.clipboard.writeText(text).catch(() => undefined)
  toast(`Copied: ${text}`)
}

/** @param {any} button */
function addressOf(button) {
  return button.url ?? button.web_app?.url ?? button.login_url?.url
}

/** @param {any} button */
function styleOf({ style }) {
  return ["primary", "success", "danger"].includes(style) ? style : ""
}
