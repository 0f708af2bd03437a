import type { Message, MessageEntity } from "@grammyjs/types"
import type { Bot } from "../bot.ts"
import type { Chat } from "./chat.ts"
import { isServiceMessage } from "./service-message.ts"

/** Whether a bot in a group is told of a person's message: with privacy mode, only of what is meant for it. */
export function sees(bot: Bot, chat: Chat, message: Message): boolean {
  if (bot.user.can_read_all_group_messages || chat.isAdministrator(bot.id) || isServiceMessage(message)) return true
  if (message.reply_to_message?.from?.id === bot.id || message.via_bot?.id === bot.id) return true
  const commands = parts(message, "bot_command")
  if (commands.some((command) => (command.includes("@") ? command.endsWith(nameOf(bot)) : spokeLast(bot, chat))))
    return true
  return mentions(message, bot)
}

/** Whether a message names a bot. */
export function mentions(message: Message, bot: Bot): boolean {
  return parts(message, "mention").includes(nameOf(bot))
}

function nameOf(bot: Bot): string {
  return `@${bot.user.username}`.toLowerCase()
}

/** The parts of the text that entities of a type mark, in lower case. */
function parts({ text, entities, caption, caption_entities }: Message, type: MessageEntity["type"]): string[] {
  const marked = (entities ?? caption_entities ?? []).filter((entity) => entity.type === type)
  return marked.map(({ offset, length }) => (text ?? caption ?? "").slice(offset, offset + length).toLowerCase())
}

/** A command that names no bot is for the one that wrote last, or for all while none has written. */
function spokeLast(bot: Bot, chat: Chat): boolean {
  const last = chat.history.findLast(({ post }) => post.bot !== undefined)
  return last === undefined || last.post.bot === bot.id
}
