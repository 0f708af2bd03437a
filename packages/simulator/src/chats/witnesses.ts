import type { Bot } from "../bot.ts"
import { BusinessChat } from "./business.ts"
import type { Post } from "./post.ts"
import { sees } from "./privacy.ts"
import { isToldToItself } from "./service-message.ts"
import type { World } from "./world.ts"

/**
 * The bots that are told of a message, or of its edit: those in its chat, but not the one that did it and, with privacy
 * mode, not of what is not for them.
 *
 * @param actor the id of the bot that did it, if a bot did
 */
export function witnesses(world: World, { chat, message }: Post, actor: number | undefined): Bot[] {
  if (chat instanceof BusinessChat && !chat.connection.enabled) return []
  const byBot = actor !== undefined
  if (chat.bot) return !byBot || isToldToItself(message) ? [chat.bot] : []
  return [...world.bots.values()].filter((bot) => {
    if (!chat.has(bot.id)) return message.left_chat_member?.id === bot.id
    if (bot.id === actor) return isToldToItself(message)
    return chat.type === "channel" || (!byBot && sees(bot, chat, message))
  })
}
