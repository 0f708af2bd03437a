import type { BotCommand } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import { Fields, isObject } from "../text/fields.ts"
import { Malformed, readOrRefuse, refusal, within } from "../text/refusal.ts"
import { languageOf } from "./chat-language.ts"
import { findChat } from "./target.ts"

/** How many commands a bot can list. */
const MOST_COMMANDS = 100

/** The methods for the list of a bot's commands. */
export const listCommands: Record<string, Method> = {
  getMyCommands: (call) => call.bot.profile.commands.get(commandsKey(call)) ?? [],

  setMyCommands(call) {
    const commands = readOrRefuse(() => commandsOf(call))
    const key = commandsKey(call)
    if (commands.length > MOST_COMMANDS) throw badRequest("BOT_COMMANDS_TOO_MUCH")
    for (const { command } of commands) if (!/^[a-z0-9_]+$/.test(command)) throw badRequest("BOT_COMMAND_INVALID")
    call.bot.profile.commands.set(key, commands)
    return true
  },

  deleteMyCommands(call) {
    call.bot.profile.commands.delete(commandsKey(call))
    return true
  },
}

/** Under what the commands of a call's scope and language are kept. */
function commandsKey(call: Call): string {
  const scope = readOrRefuse(() => scopeOf(call))
  return `${scope}/${languageOf(call)}`
}

function scopeOf({ bot, parameters }: Call): string {
  if (parameters.text("scope") === "") return "default"
  const value = parameters.json("scope")
  if (value === undefined) throw new Malformed("Can't parse BotCommandScope JSON object")
  const { type, chat, user } = within("Can't parse BotCommandScope: ", () => readScope(value))
  return [type, ...(chat === undefined ? [] : [findChat(bot, chat, "read").id]), user].join(" ").trim()
}

const withoutChat: ReadonlySet<string> = new Set([
  "default",
  "all_private_chats",
  "all_group_chats",
  "all_chat_administrators",
])

function readScope(value: unknown): { type: string; chat?: string; user?: number } {
  if (!isObject(value)) throw new Malformed("BotCommandScope must be an Object")
  const fields = new Fields(value)
  const type = fields.requiredString("type")
  if (withoutChat.has(type)) return { type }
  if (type !== "chat" && type !== "chat_administrators" && type !== "chat_member") {
    throw new Malformed("Unsupported type specified")
  }
  const chat = fields.requiredString("chat_id")
  if (chat === "") throw new Malformed("Empty chat_id specified")
  if (type !== "chat_member") return { type, chat }
  const user = fields.integer("user_id")
  if (user <= 0) throw new Malformed("Invalid user_id specified")
  return { type, chat, user }
}

function commandsOf({ parameters }: Call): BotCommand[] {
  if (parameters.text("commands") === "") return []
  const value = parameters.json("commands")
  if (value === undefined) throw refusal("Can't parse commands JSON object")
  if (!Array.isArray(value)) throw refusal("Expected an Array of BotCommand")
  const read = value.map((one: unknown) => within("Can't parse BotCommand: ", () => readCommand(one)))
  return read.map(checked)
}

function readCommand(value: unknown): BotCommand {
  if (!isObject(value)) throw new Malformed("expected an Object")
  const fields = new Fields(value)
  return { command: fields.requiredString("command"), description: fields.requiredString("description") }
}

function checked({ command, description }: BotCommand): BotCommand {
  const name = command.trim().replace(/^\//, "")
  const text = description.trim()
  if (name === "") throw new Malformed("Command must be non-empty")
  if (!/^.{0,32}$/su.test(name)) throw new Malformed("Command length must not exceed 32")
  if (text === "") throw new Malformed("Command description must be non-empty")
  if (!/^.{0,256}$/su.test(text)) throw new Malformed("Command description length must not exceed 256")
  return { command: name, description: text }
}
