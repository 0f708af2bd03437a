import { element, icon, link } from "./element.js"

/** @typedef {import("@grammyjs/types").Message} Message */

/**
 * How each kind of content is shown. What is not here is named by its field.
 *
 * @type {Record<string, (message: any) => Node>}
 */
const contents = {
  photo: ({ photo }) => picture(photo.at(-1).file_id, "Photo"),
  sticker: ({ sticker }) =>
    sticker.is_animated || sticker.is_video
      ? chip("file", `Sticker ${sticker.emoji ?? ""}`)
      : picture(sticker.file_id, `Sticker ${sticker.emoji ?? ""}`, "sticker"),
  animation: ({ animation }) => film(animation.file_id, "Animation"),
  video: ({ video }) => film(video.file_id, "Video"),
  video_note: ({ video_note }) => film(video_note.file_id, "Video message"),
  audio: ({ audio }) => sound(audio.file_id, [audio.performer, audio.title].filter(Boolean).join(" – ") || "Audio"),
  voice: ({ voice }) => sound(voice.file_id, "Voice message"),
  document: ({ document: file }) => download(file),
  location: ({ location }) => chip("pin", `${location.latitude}, ${location.longitude}`, map(location)),
  venue: ({ venue }) => chip("pin", `${venue.title}, ${venue.address}`, map(venue.location)),
  contact: ({ contact }) =>
    chip("person-add", `${contact.first_name} ${contact.last_name ?? ""}`, `tel:${contact.phone_number}`),
  dice: ({ dice }) => element("p", { class: "dice" }, dice.emoji, element("span", {}, String(dice.value))),
  game: ({ game }) => card(game.title, game.description),
  invoice: ({ invoice }) => card(invoice.title, invoice.description, price(invoice.total_amount, invoice.currency)),
  story: () => chip("chat", "Story"),
}

/** Kinds of content in the order in which they are looked for: some come together with a plainer one. */
const order = ["venue", "animation", ...Object.keys(contents)]

/**
 * What is in a message beside its text, if anything is.
 *
 * @param {Message} message
 * @returns {Node | undefined}
 */
export function content(message) {
  const kind = order.find((name) => name in message)
  return kind === undefined ? undefined : contents[kind]?.(message)
}

/**
 * @param {string} id
 * @param {string} name
 * @param {string} [kind]
 */
function picture(id, name, kind = "photo") {
  const missing = () => frame.replaceWith(chip("file", name))
  const image = element("img", { src: address(id), alt: name, class: kind, error: missing })
  const frame = element("a", { href: address(id), target: "_blank", rel: "noopener", class: "picture" }, image)
  return frame
}

/**
 * @param {string} id
 * @param {string} name
 */
function film(id, name) {
  const video = element("video", { src: address(id), controls: true, preload: "metadata", "aria-label": name })
  video.addEventListener("error", () => video.replaceWith(chip("file", name, address(id))))
  return video
}

/**
 * @param {string} id
 * @param {string} name
 */
function sound(id, name) {
  const player = element("audio", { src: address(id), controls: true, preload: "metadata", "aria-label": name })
  return element("figure", { class: "sound" }, element("figcaption", {}, name), player)
}

/** @param {{ file_id: string, file_name?: string, file_size?: number }} file */
function download(file) {
  const text = element("span", {}, file.file_name ?? "File", element("small", {}, size(file.file_size)))
  return element(
    "a",
    { class: "chip", href: address(file.file_id), download: file.file_name ?? true },
    icon("file"),
    text,
  )
}

/**
 * @param {string} symbol
 * @param {string} text
 * @param {string} [target]
 */
function chip(symbol, text, target) {
  const children = [icon(symbol), element("span", {}, text)]
  if (target?.startsWith("/")) return element("a", { class: "chip", href: target }, ...children)
  return target ? link(target, { class: "chip" }, ...children) : element("span", { class: "chip" }, ...children)
}

/**
 * @param {string} title
 * @param {string} text
 * @param {string} [note]
 */
function card(title, text, note) {
  return element(
    "div",
    { class: "card" },
    element("strong", {}, title),
    element("p", {}, text),
    note && element("p", { class: "price" }, note),
  )
}

/** @param {{ latitude: number, longitude: number }} place */
function map({ latitude, longitude }) {
  return `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=15/${latitude}/${longitude}`
}

/**
 * @param {number} amount
 * @param {string} currency
 */
function price(amount, currency) {
  return currency === "XTR" ? `⭐ ${amount}` : `${(amount / 100).toFixed(2)} ${currency}`
}

/** @param {number} [bytes] */
function size(bytes = 0) {
  if (bytes < 1024) return `${bytes} bytes`
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`
}

/** @param {string} id */
function address(id) {
  return `/files/${encodeURIComponent(id)}`
}
