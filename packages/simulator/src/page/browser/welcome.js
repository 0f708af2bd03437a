import { act } from "./act.js"
import { byId } from "./element.js"
import { place } from "./place.js"
import { show, state } from "./state.js"

/** @type {() => void} */
let next = () => undefined

/** Says what to begin with, where there is nothing yet. */
function draw() {
  const chat = state.chats.find(({ peer }) => peer === place().peer)
  const isNew = chat !== undefined && chat.peer > 0 && chat.joined && state.messages.size === 0
  byId("welcome").hidden = !isNew && state.people.length > 0
  if (state.people.length === 0) {
    say("Nobody is here yet", "Make a person, and talk to the bot as they would.", "New person", () =>
      byId("new-person").click(),
    )
  } else if (isNew) {
    say(
      chat.title,
      "This chat is empty. The button sends /start, as Telegram's own does.",
      "Start",
      () => void act("send", { text: "/start" }),
    )
  }
}

/**
 * @param {string} title
 * @param {string} text
 * @param {string} button
 * @param {() => void} click
 */
function say(title, text, button, click) {
  byId("welcome-title").textContent = title
  byId("welcome-text").textContent = text
  byId("welcome-button").textContent = button
  next = click
}

byId("welcome-button").addEventListener("click", () => {
  next()
  byId("text").focus()
})
show(["overview", "messages"], draw)
