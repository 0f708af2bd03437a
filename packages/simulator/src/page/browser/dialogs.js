import { act } from "./act.js"
import { byId } from "./element.js"
import { go, place } from "./place.js"
import { state } from "./state.js"

/**
 * Opens a dialog with a button; when it is confirmed, acts with what was filled in.
 *
 * @param {string} name of the dialog and its button: `person`, `chat`
 * @param {(fields: Record<string, string>) => Promise<void>} create
 */
function dialog(name, create) {
  const made = /** @type {HTMLDialogElement} */ (byId(`${name}-dialog`))
  const form = /** @type {HTMLFormElement} */ (made.querySelector("form"))
  byId(`new-${name}`).addEventListener("click", () => {
    form.reset()
    made.returnValue = "cancel"
    made.showModal()
  })
  // Enter in a field confirms, though the first button of the form is "Cancel".
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    form.requestSubmit(/** @type {HTMLElement} */ (form.querySelector("[value=create]")))
  })
  made.addEventListener("close", () => {
    if (made.returnValue !== "create") return
    const fields = [...new FormData(form)].filter(([, value]) => value !== "")
    document.body.dataset["view"] = "chat"
    void create(/** @type {Record<string, string>} */ (Object.fromEntries(fields)))
  })
}

dialog("person", async (fields) => {
  const made = await act("user.create", fields)
  if (made) go({ person: made["id"], peer: place().peer ?? state.bots[0]?.id })
})

dialog("chat", async (fields) => {
  const made = await act("chat.create", fields)
  if (made) go({ peer: made["id"] })
})
