import { byId, element } from "./element.js"
import { place } from "./place.js"
import { show, state } from "./state.js"
import { exactTime } from "./time.js"

/** For how long after its last `getUpdates` a bot counts as polling, in milliseconds. */
const POLLING = 90_000
let shown = ""

/** Shows how the bot of the chat gets its updates. */
function draw() {
  const bots = state.bots.filter(({ id }) => id === place().peer)
  const lines = bots.length > 0 ? bots : state.bots
  const now = JSON.stringify(lines.map((bot) => [bot.name, bot.username, bot.webhook, isPolling(bot)]))
  if (now === shown) return
  shown = now
  byId("webhook").replaceChildren(...lines.map(card))
}

/** @param {import("./state.js").BotView} bot */
function isPolling({ polledAt }) {
  return polledAt !== undefined && state.now - polledAt < POLLING
}

/** @param {import("./state.js").BotView} bot */
function card(bot) {
  const { name, username, webhook } = bot
  const polling = isPolling(bot)
  const url = webhook?.url
  const pending = webhook?.pending_update_count ?? 0
  const tone = url ? (webhook.last_error_date ? "warn" : "good") : polling ? "good" : "idle"
  const way = url ? "Webhook" : polling ? "Long polling" : "Not connected"
  const error = url && webhook.last_error_message
  return element(
    "div",
    { class: "webhook-card" },
    element(
      "p",
      { class: "way" },
      element("span", { class: `mark ${tone}` }),
      element("strong", {}, way),
      element("span", { class: "facts" }, `${name} · @${username}`),
    ),
    url && element("p", { class: "url" }, url),
    url || polling ? element("p", { class: "facts" }, `${pending} pending`) : hint(),
    error &&
      element(
        "p",
        { class: "error" },
        `${error} `,
        element("span", { class: "facts" }, exactTime((webhook.last_error_date ?? 0) * 1000)),
      ),
  )
}

function hint() {
  return element(
    "p",
    { class: "hint" },
    "The bot has set no webhook and does not poll: its updates wait. Call ",
    element("code", {}, "setWebhook"),
    " or ",
    element("code", {}, "getUpdates"),
    ".",
  )
}

show(["overview", "time"], draw)
