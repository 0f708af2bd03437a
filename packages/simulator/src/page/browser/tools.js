import { act } from "./act.js"
import { editMessage, replyTo } from "./composer.js"
import { element, icon } from "./element.js"
import { isOwn } from "./message.js"
import { place } from "./place.js"

/** @typedef {import("./state.js").MessageView} MessageView */

/** The reactions on offer. */
const signs = ["👍", "❤", "🔥", "😁", "🤔", "👎"]

/**
 * What can be done with a message: the tools appear at the message that the pointer or the focus is on. The arrow keys go
 * from message to message, of which one at a time is in the order of the Tab key.
 *
 * @param {HTMLElement} list
 * @param {(item: HTMLElement) => MessageView | undefined} viewOf
 */
export function offerTools(list, viewOf) {
  const tools = element("div", { class: "tools", role: "toolbar", "aria-label": "Message" })
  /** @param {Event} event */
  const offer = ({ target }) => {
    const item = /** @type {Element} */ (target).closest("li")
    const view = item && viewOf(item)
    if (!view || item.classList.contains("service")) return tools.remove()
    if (tools.parentElement === item || (tools.contains(document.activeElement) && !item.matches(":focus-within")))
      return
    tools.replaceChildren(...toolsOf(view))
    item.append(tools)
  }
  list.addEventListener("focusin", (event) => {
    offer(event)
    stop(/** @type {Element} */ (event.target).closest("li"))
  })
  list.addEventListener("pointerover", offer)
  list.addEventListener("pointerdown", offer)
  list.addEventListener("mouseleave", () => tools.contains(document.activeElement) || tools.remove())
  list.addEventListener("keydown", (event) => {
    const item = /** @type {Element} */ (event.target).closest("li")
    const next = { ArrowUp: item?.previousElementSibling, ArrowDown: item?.nextElementSibling }[event.key]
    if (!(next instanceof HTMLElement)) return
    event.preventDefault()
    next.focus()
  })
  new MutationObserver(() => {
    if (!list.querySelector(":scope > [tabindex='0']")) stop(list.lastElementChild)
  }).observe(list, { childList: true })

  /** @param {Element | null} item the message that the Tab key is to come to */
  function stop(item) {
    for (const other of list.querySelectorAll(":scope > [tabindex='0']")) other.setAttribute("tabindex", "-1")
    item?.setAttribute("tabindex", "0")
  }
}

/** @param {MessageView} view */
function toolsOf(view) {
  const { message, reactions } = view
  const { message_id } = message
  const { person } = place()
  const mine = new Set(
    Object.keys(reactions).filter((sign) => person !== undefined && reactions[sign]?.includes(person)),
  )
  const react = (/** @type {string} */ sign) => void act("react", { message_id, emoji: mine.has(sign) ? [] : [sign] })
  const menu = element(
    "div",
    { class: "signs", role: "group", "aria-label": "React" },
    ...signs.map((sign) =>
      element("button", { type: "button", "aria-label": `React with ${sign}`, click: () => react(sign) }, sign),
    ),
  )
  return [
    menu,
    tool("reply", "Reply", () => replyTo(message)),
    isOwn(message) && message.text !== undefined && tool("edit", "Edit", () => editMessage(message)),
    isOwn(message) && tool("delete", "Delete", () => void act("delete", { message_id })),
  ].filter((made) => made !== false)
}

/**
 * @param {string} symbol
 * @param {string} name
 * @param {() => void} click
 */
function tool(symbol, name, click) {
  return element("button", { type: "button", class: "icon", "aria-label": name, title: name, click }, icon(symbol))
}
