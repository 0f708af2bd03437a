import "./calls.js"
import "./composer.js"
import "./deliveries.js"
import "./dialogs.js"
import "./log.js"
import "./reply-keyboard.js"
import "./sidebar.js"
import "./tabs.js"
import "./webhook.js"
import "./welcome.js"
import { byId } from "./element.js"
import { place, settleAt } from "./place.js"
import { show, state } from "./state.js"
import { listen } from "./stream.js"

/** Chooses somebody and a chat where nothing was chosen, or what was chosen is not there any more. */
function settle() {
  const { person, peer } = place()
  const [first] = state.people
  if (first && !state.people.some(({ id }) => id === person)) {
    settleAt({ person: first.id, peer: peer ?? state.bots[0]?.id })
  } else if (state.chats[0] && !state.chats.some((chat) => chat.peer === peer)) {
    settleAt({ peer: state.chats[0].peer })
  }
}

show(["overview"], settle)
addEventListener("hashchange", () => {
  listen()
  if (matchMedia("(min-width: 760px)").matches) byId("text").focus()
})
listen()
