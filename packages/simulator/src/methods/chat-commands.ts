import type { BotCommand } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import { characters } from "../text/characters.ts"
import { Fields } from "../text/fields.ts"
import { Malformed, readOrRefuse } from "../text/refusal.ts"
import { languageOf } from "./chat-profile.ts"
import { json, list } from "./json.ts"
import { findChat } from "./target.ts"

/** How many commands a bot can list. */
const MOST_COMMANDS = 100

/** The methods for the list of a bot's commands. */
export const listCommands: Record<string, Method> = {
  getMyCommands: (call) => call.bot.profile.commands.get(commandsKey(call)) ?? [],

  setMyCommands(call) {
    const commands = commandsOf(call)
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
  return `${scopeOf(call)}/${languageOf(call)}`
}

function scopeOf(call: Call): string {
  if (call.parameters.text("scope") === "") return "default"
  const value = json(call, "scope", "BotCommandScope JSON object")
  const { type, chat, user } = readOrRefuse(() => readScope(value), "Can't parse BotCommandScope: ")
  return [type, ...(chat === undefined ? [] : [findChat(call.bot, chat, "read").id]), user].join(" ").trim()
}

const withoutChat: ReadonlySet<string> = new Set([
  "default",
  "all_private_chats",
  "all_group_chats",
  "all_chat_administrators",
])

function readScope(value: unknown): { type: string; chat?: string; user?: number } {
  const fields = Fields.of(value, "BotCommandScope must be an Object")
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

function commandsOf(call: Call): BotCommand[] {
  if (call.parameters.text("commands") === "") return []
  const words = ["commands JSON object", "BotCommand", "Can't parse BotCommand: "] as const
  const read = list(call, "commands", words, readCommand)
  return readOrRefuse(() => read.map(checked))
}

function readCommand(value: unknown): BotCommand {
  const fields = Fields.of(value, "expected an Object")
  return { command: fields.requiredString("command"), description: fields.requiredString("description") }
}

function checked({ command, description }: BotCommand): BotCommand {
  const name = command.trim().replace(/^\//, "")
  const text = description.trim()
  if (name === "") throw new Malformed("Command must be non-empty")
  if (characters(name) > 32) throw new Malformed("Command length must not exceed 32")
  if (text === "") throw new Malformed("Command description must be non-empty")
  if (characters(text) > 256) throw new Malformed("Command description length must not exceed 256")
  return { command: name, description: text }
}
