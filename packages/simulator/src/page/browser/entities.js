import { element, link } from "./element.js"

/** @typedef {import("@grammyjs/types").MessageEntity} Entity */

/** The element that an entity is shown by, where there is no more to it. */
/** @type {Record<string, string>} */
const elements = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  blockquote: "blockquote",
}

/**
 * Text with its entities, which may stand in each other; their offsets count UTF-16 units, as strings here do.
 *
 * @param {string} text
 * @param {readonly Entity[]} [entities]
 * @param {(command: string) => void} [onCommand] called when a bot command is clicked
 * @returns {(Node | string)[]}
 */
export function formatted(text, entities = [], onCommand) {
  const sorted = entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length)
  return span(text, sorted, 0, text.length, onCommand)
}

/**
 * @param {string} text
 * @param {Entity[]} entities those within, outer before inner
 * @param {number} start
 * @param {number} end
 * @param {((command: string) => void) | undefined} onCommand
 * @returns {(Node | string)[]}
 */
function span(text, entities, start, end, onCommand) {
  const parts = []
  let at = start
  for (let index = 0; index < entities.length; index++) {
    const entity = /** @type {Entity} */ (entities[index])
    const [from, to] = [Math.max(entity.offset, at), Math.min(entity.offset + entity.length, end)]
    if (to <= from) continue
    parts.push(text.slice(at, from))
    const inner = entities.slice(index + 1).filter(({ offset }) => offset < to)
    parts.push(shown(entity, text.slice(from, to), span(text, inner, from, to, onCommand), onCommand))
    at = to
  }
  parts.push(text.slice(at, end))
  return parts.filter((part) => part !== "")
}

/**
 * @param {Entity} entity
 * @param {string} text
 * @param {(Node | string)[]} children
 * @param {((command: string) => void) | undefined} onCommand
 * @returns {Node}
 */
function shown(entity, text, children, onCommand) {
  const { type } = entity
  if (type in elements) return element(/** @type {string} */ (elements[type]), {}, ...children)
  if (type === "pre") return pre(entity.language, children)
  if (type === "text_link") return link(entity.url, { title: entity.url }, ...children)
  if (type === "url") return link(/^[a-z][a-z+.-]*:/i.test(text) ? text : `http://${text}`, {}, ...children)
  if (type === "email") return link(`mailto:${text}`, {}, ...children)
  if (type === "phone_number") return link(`tel:${text.replaceAll(/[^\d+]/g, "")}`, {}, ...children)
  if (type === "spoiler") return spoiler(children)
  if (type === "expandable_blockquote") return expandable(children)
  if (type === "bot_command" && onCommand) {
    return element("button", { type: "button", class: "command", click: () => onCommand(text) }, ...children)
  }
  return element("span", { class: `entity ${type}` }, ...children)
}

/**
 * @param {string | undefined} language
 * @param {(Node | string)[]} children
 */
function pre(language, children) {
  return element("pre", language ? { "data-language": language } : {}, element("code", {}, ...children))
}

/** @param {(Node | string)[]} children */
function spoiler(children) {
  const content = element("span", { inert: true }, ...children)
  /** @param {Event} event */
  const reveal = (event) => {
    if (event instanceof KeyboardEvent && event.key !== "Enter" && event.key !== " ") return
    event.preventDefault()
    hidden.classList.add("revealed")
    for (const name of ["role", "tabindex", "aria-label"]) hidden.removeAttribute(name)
    content.inert = false
  }
  const about = { class: "spoiler", role: "button", tabindex: 0, "aria-label": "Hidden text, press to show" }
  const hidden = element("span", { ...about, click: reveal, keydown: reveal }, content)
  return hidden
}

/** @param {(Node | string)[]} children */
function expandable(children) {
  const content = element("span", { class: "folded" }, ...children)
  const more = element("button", { type: "button", class: "more", "aria-expanded": "false" }, "Show more")
  more.addEventListener("click", () => {
    const folded = content.classList.toggle("folded")
    more.setAttribute("aria-expanded", String(!folded))
    more.textContent = folded ? "Show more" : "Show less"
  })
  return element("blockquote", { class: "expandable" }, content, more)
}
