import { byId, element } from "./element.js"
import { entryList } from "./entry-list.js"
import { show, state } from "./state.js"
import { duration, exactTime } from "./time.js"

/** @typedef {import("./state.js").Delivery} Delivery */

/** An update and the attempts to deliver it. @typedef {{ key: string, attempts: Delivery[] }} Entry */

const draw = entryList(byId("deliveries"), "No update was delivered yet. Say something to the bot.", {
  key: (/** @type {Entry} */ { key }) => key,
  version: ({ attempts }) => attempts.map(({ number, outcome, retryAt }) => `${number} ${outcome} ${retryAt}`).join(),
  line: (entry) => [
    element("span", { class: `mark ${tone(last(entry))}` }),
    element("strong", {}, last(entry).kind),
    element("span", { class: "attempts" }, ...entry.attempts.slice(-8).map(attemptPill)),
    element("span", { class: "note" }, ...note(last(entry))),
  ],
  details: ({ attempts }) => [
    element("p", { class: "facts" }, `update_id ${attempts[0]?.updateId} · queue ${attempts[0]?.queue}`),
    element("ol", { class: "history" }, ...attempts.toReversed().map(attemptLine)),
  ],
})

/** @param {Entry} entry */
function last({ attempts }) {
  return /** @type {Delivery} */ (attempts.at(-1))
}

/** @param {Delivery} delivery */
function tone({ outcome }) {
  return { delivered: "good", failed: "warn", dropped: "bad", cut: "idle", "under way": "busy" }[outcome]
}

/** @param {Delivery} delivery */
function attemptPill(delivery) {
  const { status, outcome, attempt } = delivery
  const word = status ?? (outcome === "under way" ? "…" : outcome === "cut" ? "cut" : "error")
  const label = `attempt ${attempt}: ${status ?? outcome}`
  return element("span", { class: `pill ${tone(delivery)}`, title: label }, String(word))
}

/**
 * What is to be said of an update's newest attempt: how long it took, or when the next one is.
 *
 * @param {Delivery} delivery
 */
function note({ outcome, retryAt, startedAt, endedAt }) {
  if (outcome === "under way") return ["on its way"]
  if (outcome === "failed" && retryAt !== undefined)
    return [element("span", { class: "countdown", "data-until": retryAt }, until(retryAt))]
  if (outcome === "dropped") return ["dropped"]
  if (outcome === "cut") return ["cut"]
  return endedAt === undefined ? [] : [duration(endedAt - startedAt)]
}

/** @param {number} time */
function until(time) {
  return time > state.now ? `retry in ${duration(Math.ceil((time - state.now) / 1000) * 1000)}` : "retrying"
}

/** @param {Delivery} delivery */
function attemptLine(delivery) {
  const { attempt, startedAt, endedAt, error, reply, outcome, retryAt } = delivery
  const took = endedAt === undefined ? "" : ` · ${duration(endedAt - startedAt)}`
  const wait = retryAt !== undefined && endedAt !== undefined ? retryAt - endedAt : undefined
  return element(
    "li",
    { value: attempt },
    element("span", { class: "facts" }, `${exactTime(startedAt)}${took} `),
    attemptPill(delivery),
    ` ${outcome}`,
    error !== undefined && element("p", { class: "error" }, error),
    wait !== undefined &&
      element("p", { class: "facts" }, wait < 50 ? "next attempt at once" : `next attempt ${duration(wait)} later`),
    reply !== undefined && element("p", { class: "facts" }, `answered with ${reply}`),
  )
}

/** Telegram's attempts by update; of a webhook that was set again, one after the other. */
function entries() {
  /** @type {Map<string, Entry>} */
  const found = new Map()
  for (const delivery of state.deliveries.values()) {
    const key = `${delivery.bot} ${delivery.updateId}`
    const entry = found.get(key) ?? { key, attempts: [] }
    entry.attempts.push(delivery)
    found.set(key, entry)
  }
  return [...found.values()].slice(-200)
}

show(["deliveries"], () => {
  const all = entries()
  draw(all)
  const troubled = all.filter((entry) => last(entry).outcome === "failed").length
  const count = byId("deliveries-count")
  count.textContent = troubled > 0 ? `${troubled} failing` : all.length > 0 ? String(all.length) : ""
  count.classList.toggle("warn", troubled > 0)
})
show(["time"], () => {
  for (const span of byId("deliveries").querySelectorAll(".countdown")) {
    span.textContent = until(Number(/** @type {HTMLElement} */ (span).dataset["until"]))
  }
})
