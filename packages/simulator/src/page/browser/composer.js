import { act } from "./act.js"
import { byId } from "./element.js"
import { author, isOwn, summary } from "./message.js"
import { state } from "./state.js"
import { toast } from "./toast.js"

/** @typedef {import("@grammyjs/types").Message} Message */

const form = /** @type {HTMLFormElement} */ (byId("composer"))
const text = /** @type {HTMLTextAreaElement} */ (byId("text"))
const file = /** @type {HTMLInputElement} */ (byId("file"))
const context = byId("context")

/** The message that is being answered or edited. */
/** @type {{ action: "reply" | "edit", message: Message } | undefined} */
let about

/** @param {Message} message */
export function replyTo(message) {
  setContext({ action: "reply", message })
}

/** @param {Message} message */
export function editMessage(message) {
  text.value = message.text ?? ""
  setContext({ action: "edit", message })
}

/** @param {typeof about} change */
function setContext(change) {
  about = change
  context.hidden = change === undefined
  if (change) {
    const { action, message } = change
    byId("context-text").textContent =
      `${action === "edit" ? "Edit" : `Reply to ${author(message).name}`}: ${summary(message)}`
  }
  fit()
  text.focus()
}

/** Makes the field as high as its text. */
function fit() {
  text.style.height = "auto"
  text.style.height = `${text.scrollHeight}px`
}

async function submit() {
  const written = text.value.trim()
  if (written === "") return
  const { action, message } = about ?? {}
  text.value = ""
  setContext(undefined)
  state.atEnd = true
  const done =
    action === "edit"
      ? await act("edit", { message_id: message?.message_id, text: written })
      : await act("send", { text: written, reply_to: message?.message_id })
  if (!done && text.value === "") text.value = written
}

/**
 * Sends files: pictures as photos, all else as documents. What is written goes with the first as its caption.
 *
 * @param {Iterable<File>} files
 */
async function sendFiles(files) {
  for (const one of files) {
    const caption = text.value.trim() || undefined
    text.value = ""
    state.atEnd = true
    const data = await base64(one).catch(() => undefined)
    if (data === undefined) toast(`${one.name} cannot be read.`)
    else await act("sendFile", { name: one.name, type: one.type, data, caption, reply_to: about?.message.message_id })
  }
  setContext(undefined)
}

/**
 * @param {File} one
 * @returns {Promise<string>}
 */
function base64(one) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener("load", () => resolve(/** @type {string} */ (reader.result).replace(/^[^,]*,/, "")))
    reader.addEventListener("error", reject)
    reader.readAsDataURL(one)
  })
}

form.addEventListener("submit", (event) => {
  event.preventDefault()
  void submit()
})
text.addEventListener("input", fit)
text.addEventListener("keydown", (event) => {
  if (event.isComposing) return
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault()
    void submit()
  } else if (event.key === "Escape" && about) {
    if (about.action === "edit") text.value = ""
    setContext(undefined)
  } else if (event.key === "ArrowUp" && text.value === "" && !about) {
    const own = [...state.messages.values()].findLast(({ message }) => isOwn(message) && message.text !== undefined)
    if (!own) return
    event.preventDefault()
    editMessage(own.message)
  }
})
text.addEventListener("paste", ({ clipboardData }) => {
  if (clipboardData && clipboardData.files.length > 0) void sendFiles(clipboardData.files)
})
byId("context-cancel").addEventListener("click", () => {
  if (about?.action === "edit") text.value = ""
  setContext(undefined)
})
byId("attach").addEventListener("click", () => file.click())
file.addEventListener("change", () => {
  void sendFiles([...(file.files ?? [])])
  file.value = ""
})
byId("chat").addEventListener("dragover", (event) => event.preventDefault())
byId("chat").addEventListener("drop", (event) => {
  event.preventDefault()
  void sendFiles(event.dataTransfer?.files ?? [])
})
