import { act } from "./act.js"
import { element } from "./element.js"
import { place } from "./place.js"

/**
 * A poll: its options to vote for, and how many did.
 *
 * @param {import("@grammyjs/types").Poll} poll
 * @param {number} message_id
 * @param {readonly number[]} chosen what the person has voted for
 */
export function pollView(poll, message_id, chosen) {
  const votes = poll.options.reduce((sum, option) => sum + option.voter_count, 0)
  const kind = `${poll.is_anonymous ? "Anonymous " : ""}${poll.type}`
  const note = poll.is_closed ? "Closed" : `${poll.total_voter_count} voted`
  /** @param {number} index */
  const vote = (index) => {
    const others = poll.allows_multiple_answers ? chosen.filter((one) => one !== index) : []
    void act("vote", { message_id, options: chosen.includes(index) ? others : [...others, index] })
  }
  const options = poll.options.map((option, index) => {
    const share = votes === 0 ? 0 : Math.round((option.voter_count / votes) * 100)
    const bar = element("progress", { max: 100, value: share, "aria-hidden": true })
    const about = { type: "button", class: "option", "aria-pressed": String(chosen.includes(index)) }
    const off = poll.is_closed || place().person === undefined
    const text = element("span", {}, option.text)
    return element(
      "button",
      { ...about, disabled: off, click: () => vote(index) },
      text,
      element("b", {}, `${share} %`),
      bar,
    )
  })
  const label = `${kind[0]?.toUpperCase()}${kind.slice(1)} poll · ${note}`
  return element(
    "div",
    { class: "poll" },
    element("strong", {}, poll.question),
    ...options,
    element("small", {}, label),
  )
}
