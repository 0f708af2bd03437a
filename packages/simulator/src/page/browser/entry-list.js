import { element, icon } from "./element.js"

/**
 * A list of entries that can be opened, the newest on top. Only entries that changed are made anew, and what is open
 * stays open.
 *
 * @template T
 * @param {HTMLElement} panel
 * @param {string} empty what is said when there are none
 * @param {{ key: (entry: T) => string, version: (entry: T) => string, line: (entry: T) => Node[], details: (entry: T) => Node[] }} looks
 * @returns {(entries: T[]) => void} shows these, the newest last
 */
export function entryList(panel, empty, { key, version, line, details }) {
  /** @type {Map<string, { item: HTMLDetailsElement, version: string, entry: T }>} */
  const items = new Map()
  const list = element("div", { class: "entries" })
  panel.replaceChildren(list)

  /** @param {T} entry */
  function itemOf(entry) {
    const known = items.get(key(entry))
    const now = version(entry)
    if (known?.version === now) return known
    const item =
      known?.item ?? /** @type {HTMLDetailsElement} */ (element("details", { class: "entry" }, element("summary")))
    const made = { item, version: now, entry }
    items.set(key(entry), made)
    item.querySelector("summary")?.replaceChildren(icon("chevron"), ...line(entry))
    if (item.open) open(made)
    if (!known) item.addEventListener("toggle", () => item.open && open(/** @type {any} */ (items.get(key(entry)))))
    return made
  }

  /** @param {{ item: HTMLDetailsElement, entry: T }} made */
  function open({ item, entry }) {
    const body = element("div", { class: "details" }, ...details(entry))
    const old = item.querySelector(":scope > .details")
    if (old) old.replaceWith(body)
    else item.append(body)
  }

  return (entries) => {
    const made = entries.toReversed().map(itemOf)
    const keys = new Set(entries.map(key))
    for (const [name, { item }] of items) {
      if (keys.has(name)) continue
      item.remove()
      items.delete(name)
    }
    list.querySelector(":scope > .empty")?.remove()
    /** @type {Element | null} */
    let next = list.firstElementChild
    for (const { item } of made) {
      if (item === next) next = next.nextElementSibling
      else list.insertBefore(item, next)
    }
    if (made.length === 0) list.append(element("p", { class: "empty" }, empty))
  }
}
