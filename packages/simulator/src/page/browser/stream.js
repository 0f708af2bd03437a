import { byId } from "./element.js"
import { place, query } from "./place.js"
import { changed, merge, replace, replaceMessages, replaceOverview, state } from "./state.js"

/** How long until a broken connection is tried again, in milliseconds. */
const AGAIN = 1000

/** @type {EventSource | undefined} */
let source
/** @type {ReturnType<typeof setTimeout> | undefined} */
let retry

/** Listens to what happens in the chosen place, and again whenever the simulator was away. */
export function listen() {
  source?.close()
  clearTimeout(retry)
  source = new EventSource(`/events?${query(place())}`)
  source.addEventListener("state", ({ data }) => {
    tell("")
    replace(JSON.parse(data))
  })
  source.addEventListener("changes", ({ data }) => merge(JSON.parse(data)))
  source.addEventListener("chat", ({ data }) => replaceMessages(JSON.parse(data)))
  source.addEventListener("overview", ({ data }) => replaceOverview(JSON.parse(data)))
  source.addEventListener("tick", ({ data }) => {
    state.now = JSON.parse(data).now
    changed("time")
  })
  source.addEventListener("error", () => {
    tell("The simulator is not there. Looking for it…")
    if (source?.readyState === EventSource.CLOSED) retry = setTimeout(listen, AGAIN)
  })
}

/** @param {string} text */
function tell(text) {
  const status = byId("connection")
  status.hidden = text === ""
  if (status.textContent !== text) status.textContent = text
}
