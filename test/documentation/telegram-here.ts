/** Loaded ahead of a program of the documentation: what it asks of Telegram goes to the Bot API at `TELEGRAM`. */
const { fetch } = globalThis
const root = process.env["TELEGRAM"]!

globalThis.fetch = (input, init) =>
  fetch(typeof input === "string" ? input.replace("https://api.telegram.org", root) : input, init)
