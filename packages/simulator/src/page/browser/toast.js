import { byId, element } from "./element.js"

/** How long a short text is shown, in milliseconds. */
const SHOWN = 4000

/**
 * Shows a text for a short time.
 *
 * @param {string} text
 */
export function toast(text) {
  const shown = element("p", { class: "toast" }, text)
  byId("toasts").append(shown)
  setTimeout(() => shown.remove(), SHOWN)
}

/**
 * Shows a text until it is confirmed.
 *
 * @param {string} text
 */
export function alertText(text) {
  byId("alert-text").textContent = text
  const dialog = /** @type {HTMLDialogElement} */ (byId("alert-dialog"))
  if (!dialog.open) dialog.showModal()
}
