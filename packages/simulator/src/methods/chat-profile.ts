import type { MenuButton } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import type { BotProfile } from "../chats/bot-profile.ts"
import { checkPage } from "../text/button.ts"
import { characters } from "../text/characters.ts"
import { Fields } from "../text/fields.ts"
import { Malformed, readOrRefuse } from "../text/refusal.ts"
import { json } from "./json.ts"

/** The methods for what a bot is called and says of itself. */
export const describeBot: Record<string, Method> = {
  getMyName: (call) => ({ name: textOf(call, "names", call.bot.user.first_name) }),

  setMyName(call) {
    setText(call, "names", "name", 64)
    const { bot, world } = call
    const name = bot.profile.names.get("")
    if (name === undefined) return true
    bot.user = { ...bot.user, first_name: name }
    const user = world.users.get(bot.id)
    if (user) world.users.set(bot.id, { ...user, first_name: name })
    return true
  },

  getMyDescription: (call) => ({ description: textOf(call, "descriptions") }),
  setMyDescription: (call) => setText(call, "descriptions", "description", 512),
  getMyShortDescription: (call) => ({ short_description: textOf(call, "shortDescriptions") }),
  setMyShortDescription: (call) => setText(call, "shortDescriptions", "short_description", 120),

  getChatMenuButton(call) {
    const { menuButtons } = call.bot.profile
    return menuButtons.get(chatOfButton(call)) ?? menuButtons.get(0) ?? { type: "commands" }
  },

  setChatMenuButton(call) {
    const button = menuButtonOf(call)
    const chat = chatOfButton(call)
    const { menuButtons } = call.bot.profile
    if (button.type === "default") menuButtons.delete(chat)
    else menuButtons.set(chat, button)
    return true
  },
}

/** The language that a bot's texts are for, by its two letters; "" is for all that have no texts of their own. */
export function languageOf({ parameters }: Call): string {
  const language = parameters.text("language_code")
  if (!/^(?:[a-z]{2})?$/.test(language)) throw badRequest("invalid language code specified")
  return language
}

type Texts = "names" | "descriptions" | "shortDescriptions"

/** The text in the language of the call, or else that for all languages. */
function textOf(call: Call, texts: Texts, otherwise = ""): string {
  const language = languageOf(call)
  const all: BotProfile[Texts] = call.bot.profile[texts]
  return all.get(language) ?? all.get("") ?? otherwise
}

function setText(call: Call, texts: Texts, name: string, longest: number): true {
  const language = languageOf(call)
  const text = call.parameters.text(name).trim()
  if (characters(text) > longest) throw badRequest(`${name} is too long`)
  if (text === "") call.bot.profile[texts].delete(language)
  else call.bot.profile[texts].set(language, text)
  return true
}

/** The user in whose private chat the button is; 0 for all. */
function chatOfButton({ bot, parameters }: Call): number {
  if (!parameters.has("chat_id")) return 0
  const id = parameters.integer("chat_id")
  if (id <= 0) throw badRequest("invalid chat_id specified")
  if (!bot.world.users.has(id)) throw badRequest("user not found")
  return id
}

function menuButtonOf(call: Call): MenuButton {
  if (call.parameters.text("menu_button") === "") return { type: "default" }
  const value = json(call, "menu_button", "menu button JSON object")
  const button = readOrRefuse(() => readMenuButton(value), "Can't parse menu button: ")
  if (button.type === "web_app") readOrRefuse(() => checkPage(button.web_app.url, "Web App", "Menu button"))
  return button
}

function readMenuButton(value: unknown): MenuButton {
  const fields = Fields.of(value, "MenuButton must be an Object")
  const type = fields.requiredString("type")
  if (type === "default" || type === "commands") return { type }
  if (type !== "web_app") throw new Malformed("MenuButton has unsupported type")
  return { type, text: fields.requiredString("text"), web_app: { url: fields.object("web_app").requiredString("url") } }
}
