import { inlineKeyboard } from "./buttons.js"
import { content } from "./content.js"
import { avatar, element } from "./element.js"
import { formatted } from "./entities.js"
import { act } from "./act.js"
import { place } from "./place.js"
import { pollView } from "./poll.js"
import { kindOf, nameOf, serviceText } from "./service.js"
import { timeOf } from "./time.js"

/** @typedef {import("@grammyjs/types").Message} Message */

/**
 * Fills the element of a message.
 *
 * @param {HTMLElement} item
 * @param {import("./state.js").MessageView} view
 */
export function fill(item, view) {
  const { message } = view
  const service = serviceText(message)
  item.className = `message ${service ? "service" : isOwn(message) ? "own" : "other"}`
  if (service) return item.replaceChildren(element("p", { class: "bubble" }, service))
  const { id, name } = author(message)
  const keyboard = message.reply_markup && inlineKeyboard(message.reply_markup, message.message_id)
  const column = element("div", { class: "column" }, bubble(view, name, id), keyboard, reactions(view))
  item.replaceChildren(...(isOwn(message) ? [column] : [avatar(id, name), column]))
}

/** @param {Message} message */
export function isOwn(message) {
  return message.from?.id === place().person && !message.sender_chat
}

/**
 * Who is shown as the author of a message.
 *
 * @param {Message} message
 */
export function author({ from, sender_chat: chat }) {
  if (chat) return { id: chat.id, name: "title" in chat ? (chat.title ?? "Channel") : "Somebody" }
  return from ? { id: from.id, name: nameOf(from) } : { id: 0, name: "Somebody" }
}

/**
 * What a message says, in a line.
 *
 * @param {Partial<Message>} message
 */
export function summary(message) {
  return message.text ?? message.caption ?? kindOf(/** @type {Message} */ (message)).replaceAll("_", " ")
}

/**
 * @param {import("./state.js").MessageView} view
 * @param {string} name
 * @param {number} id
 */
function bubble({ message, bot, votes = [] }, name, id) {
  const { text, caption, entities, caption_entities, poll, edit_date, date } = message
  const told = text ?? caption
  const inside = poll ? pollView(poll, message.message_id, votes) : content(message)
  const words = told !== undefined && phrase(told, text === undefined ? caption_entities : entities)
  const meta = element("span", { class: "meta" }, edit_date ? "edited " : "", element("time", {}, timeOf(date)))
  const badge = bot !== undefined && element("span", { class: "badge" }, "bot")
  return element(
    "div",
    { class: `bubble${told === undefined && (message.photo ?? message.sticker) ? " bare" : ""}` },
    element("p", { class: `author colour-${Math.abs(id) % 7}` }, isOwn(message) ? "You" : name, badge),
    forwarded(message),
    quoted(message),
    inside,
    words,
    !inside && told === undefined && element("p", { class: "unknown" }, kindOf(message).replaceAll("_", " ")),
    " ",
    meta,
  )
}

/**
 * @param {string} text
 * @param {import("@grammyjs/types").MessageEntity[]} [entities]
 */
function phrase(text, entities) {
  return element(
    "div",
    { class: "words", dir: "auto" },
    ...formatted(text, entities, (command) => void act("send", { text: command })),
  )
}

/** @param {Message} message */
function forwarded({ forward_origin: origin }) {
  if (!origin) return undefined
  const from =
    origin.type === "user"
      ? nameOf(origin.sender_user)
      : origin.type === "hidden_user"
        ? origin.sender_user_name
        : /** @type {any} */ (origin.type === "chat" ? origin.sender_chat : origin.chat).title
  return element("p", { class: "forwarded" }, `Forwarded from ${from}`)
}

/** @param {Message} message */
function quoted({ reply_to_message: original, quote }) {
  if (!original) return undefined
  const { id, name } = author(original)
  const jump = () => document.getElementById(`message-${original.message_id}`)?.focus()
  const text = quote?.text ?? summary(original)
  const about = { type: "button", class: `quoted colour-${Math.abs(id) % 7}`, click: jump }
  const label = element("span", { class: "unseen" }, "In reply to ")
  return element("button", about, label, element("strong", {}, name), element("span", {}, text.slice(0, 200)))
}

/** @param {import("./state.js").MessageView} view */
function reactions({ message, reactions: given }) {
  const kinds = Object.entries(given)
  if (kinds.length === 0) return undefined
  const { person } = place()
  const pills = kinds.map(([sign, users]) => {
    const mine = person !== undefined && users.includes(person)
    const react = () => void act("react", { message_id: message.message_id, emoji: mine ? [] : [sign] })
    const about = {
      type: "button",
      "aria-pressed": String(mine),
      "aria-label": `${sign}, ${users.length}`,
      click: react,
    }
    return element("button", about, sign, element("span", {}, String(users.length)))
  })
  return element("div", { class: "reactions", role: "group", "aria-label": "Reactions" }, ...pills)
}
