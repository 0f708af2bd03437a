import { act } from "./act.js"
import { avatar, byId, dressAvatar, element, icon } from "./element.js"
import { doing } from "./answers.js"
import { go, place } from "./place.js"
import { show, state } from "./state.js"
import { timeOf } from "./time.js"

/** @typedef {import("./state.js").ChatView} ChatView */

const select = /** @type {HTMLSelectElement} */ (byId("person"))
const list = byId("chat-list")
/** What is shown, to leave it alone when nothing has changed. */
const shown = { people: "", chats: "" }

function draw() {
  const { person, peer } = place()
  drawPeople(person)
  drawChats(peer)
  drawHeader()
}

/** @param {number | undefined} person */
function drawPeople(person) {
  const now = JSON.stringify([state.people, person])
  if (now === shown.people) return
  shown.people = now
  const options = state.people.map(({ id, name, username }) =>
    element("option", { value: id, selected: id === person }, isShared(name) ? `${name} (${username ?? id})` : name),
  )
  if (options.length === 0) options.push(element("option", { value: "" }, "Nobody yet"))
  select.replaceChildren(...options)
  dressAvatar(byId("person-avatar"), person ?? 0, state.people.find(({ id }) => id === person)?.name ?? "?")
}

/** @param {string} name */
function isShared(name) {
  return state.people.filter((one) => one.name === name).length > 1
}

/** @param {number | undefined} peer */
function drawChats(peer) {
  const now = JSON.stringify([state.chats, peer])
  if (now === shown.chats) return
  shown.chats = now
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["peer"] : undefined
  const bots = state.chats.filter(({ peer: id }) => id > 0)
  const groups = state.chats
    .filter(({ peer: id }) => id < 0)
    .toSorted((a, b) => (b.last?.date ?? 0) - (a.last?.date ?? 0))
  list.replaceChildren(...[...bots, ...groups].map((chat) => element("li", {}, chatButton(chat, peer))))
  /** @type {HTMLElement | null} */
  const again = focused ? list.querySelector(`[data-peer="${focused}"]`) : null
  again?.focus()
}

/**
 * @param {ChatView} chat
 * @param {number | undefined} current
 */
function chatButton({ peer, type, title, last, joined }, current) {
  const about = {
    type: "button",
    "data-peer": peer,
    "aria-current": peer === current && "true",
    class: joined ? "" : "out",
  }
  const symbol = { private: "bot", channel: "megaphone" }[/** @type {string} */ (type)]
  const name = element("span", { class: "name" }, symbol && icon(symbol), element("span", {}, title))
  const time = last && element("time", {}, timeOf(last.date))
  const line = element(
    "span",
    { class: "last" },
    last?.text ?? (peer > 0 ? "Say something to the bot" : "No messages yet"),
  )
  const open = () => {
    go({ peer })
    document.body.dataset["view"] = "chat"
  }
  return element(
    "button",
    { ...about, click: open },
    avatar(peer, title),
    element("span", { class: "lines" }, name, time, line),
  )
}

function drawHeader() {
  const chat = state.chats.find(({ peer }) => peer === place().peer)
  const { person } = place()
  byId("chat").classList.toggle("closed", !chat?.writable)
  byId("chat-title").textContent = chat?.title ?? "Telegram simulator"
  dressAvatar(byId("chat-avatar"), chat?.peer ?? 0, chat?.title ?? "T")
  drawStatus()
  const button = chat && membership(chat)
  const now = `${person} ${chat?.peer} ${button?.textContent}`
  if (byId("membership").dataset["shown"] === now) return
  byId("membership").dataset["shown"] = now
  byId("membership").replaceChildren(...(button ? [button] : []))
}

/** @param {ChatView} chat */
function membership({ peer, joined }) {
  const action = peer > 0 ? (joined ? "block" : "unblock") : joined ? "leave" : "join"
  const name = { block: "Block", unblock: "Unblock", leave: "Leave", join: "Join" }[action]
  return element("button", { type: "button", class: "quiet", click: () => void act(action) }, name)
}

function drawStatus() {
  const chat = state.chats.find(({ peer }) => peer === place().peer)
  const status = byId("chat-status")
  const text = state.now < doing.until ? doing.text : statusOf(chat)
  if (status.textContent !== text) status.textContent = text
  status.classList.toggle("active", state.now < doing.until)
}

/** @param {ChatView | undefined} chat */
function statusOf(chat) {
  if (!chat) return place().person === undefined ? "Make a person to begin" : "Choose a chat"
  const bot = state.bots.find(({ id }) => id === chat.peer)
  if (bot) return chat.joined ? `@${bot.username}` : "You have blocked this bot"
  const kind = { group: "Group", supergroup: "Supergroup", channel: "Channel", private: "Chat" }[chat.type]
  return `${kind} · ${chat.members} ${chat.members === 1 ? "member" : "members"}${chat.joined ? "" : " · you are not in it"}`
}

select.addEventListener("change", () => go({ person: Number(select.value) || undefined }))
show(["overview"], draw)
show(["time", "calls"], drawStatus)
