import { byId, element } from "./element.js"
import { entryList } from "./entry-list.js"
import { show, state } from "./state.js"
import { duration, exactTime } from "./time.js"

/** @typedef {import("./state.js").CallView} CallView */

const draw = entryList(byId("calls"), "The bot has called no method yet.", {
  key: (/** @type {CallView} */ { number }) => String(number),
  version: ({ endedAt, ok }) => `${endedAt} ${ok}`,
  line: (call) => [
    element("span", { class: `mark ${tone(call)}` }),
    element("strong", {}, call.method),
    element(
      "span",
      { class: "attempts" },
      !call.modelled &&
        element("span", { class: "pill idle", title: "Answered plausibly; changes nothing" }, "not modelled"),
    ),
    element(
      "span",
      { class: "note" },
      call.error ?? (call.endedAt === undefined ? "waiting" : duration(call.endedAt - call.startedAt)),
    ),
  ],
  details: (call) => [
    element(
      "p",
      { class: "facts" },
      `${exactTime(call.startedAt)} · ${call.via === "http" ? "by HTTP" : "in the answer to a delivery"}`,
    ),
    ...block("Parameters", call.parameters),
    ...block(call.ok === false ? "Error" : "Result", call.answer),
  ],
})

/** @param {CallView} call */
function tone({ ok }) {
  return ok === undefined ? "busy" : ok ? "good" : "bad"
}

/**
 * @param {string} title
 * @param {string} [text]
 */
function block(title, text) {
  if (text === undefined || text === "{}") return []
  return [element("h3", {}, title), element("pre", { tabindex: 0, "aria-label": title }, text)]
}

show(["calls"], () => {
  const calls = [...state.calls.values()].slice(-200)
  draw(calls)
  const failed = calls.filter(({ ok }) => ok === false).length
  const count = byId("calls-count")
  count.textContent = failed > 0 ? `${failed} failed` : calls.length > 0 ? String(calls.length) : ""
  count.classList.toggle("warn", failed > 0)
})
