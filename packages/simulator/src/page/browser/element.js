/** @typedef {Node | string | undefined | false | null} Child */
/** @typedef {string | number | boolean | undefined | ((event: any) => void)} Attribute */

/**
 * Makes an element. What is put in it is only ever text and other elements, never markup.
 *
 * @param {string} name
 * @param {Record<string, Attribute>} [attributes] a function is a listener, `true` an attribute without a value
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value)
    else if (value !== undefined && value !== false)
      made.setAttribute(key, value === true && !key.startsWith("aria-") ? "" : String(value))
  }
  made.append(...children.filter(isSomething))
  return made
}

/**
 * @param {Child} child
 * @returns {child is Node | string}
 */
function isSomething(child) {
  return child !== undefined && child !== false && child !== null && child !== ""
}

/** @param {string} name one of the symbols in icons.svg */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg")
  svg.setAttribute("aria-hidden", "true")
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use")
  use.setAttribute("href", `/icons.svg#${name}`)
  svg.append(use)
  return svg
}

/**
 * The element of the page that has this id.
 *
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id))
}

/**
 * A link that leads where the text says, or only text if that is not a place to go to.
 *
 * @param {string} address
 * @param {Record<string, Attribute>} attributes
 * @param {...Child} children
 */
export function link(address, attributes, ...children) {
  const safe = URL.canParse(address) && /^(?:https?|tg|mailto|tel):$/.test(new URL(address).protocol)
  if (!safe) return element("span", attributes, ...children)
  return element("a", { ...attributes, href: address, target: "_blank", rel: "noopener noreferrer" }, ...children)
}

/**
 * The round picture of somebody: the first letters of the name, in a colour by the id.
 *
 * @param {number} id
 * @param {string} name
 */
export function avatar(id, name) {
  return dressAvatar(element("span", { "aria-hidden": true }), id, name)
}

/**
 * @param {HTMLElement} span
 * @param {number} id
 * @param {string} name
 */
export function dressAvatar(span, id, name) {
  const words = name.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word))
  span.className = `avatar colour-${Math.abs(id) % 7}`
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  span.textContent = ends.map((word) => word?.match(/^./u)?.[0] ?? "").join("")
  return span
}
