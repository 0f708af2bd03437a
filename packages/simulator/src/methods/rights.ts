import type { ChatPermissions } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Bot } from "../bot.ts"
import type { Chat } from "../chats/chat.ts"

/** What a message is, where members may be kept from sending it: its right, and Telegram's word for it. */
const rights: Record<string, [keyof ChatPermissions, string]> = {
  text: ["can_send_messages", "text messages"],
  rich_message: ["can_send_messages", "the rich message"],
  animation: ["can_send_other_messages", "animations"],
  audio: ["can_send_audios", "music"],
  contact: ["can_send_messages", "contacts"],
  dice: ["can_send_other_messages", "dice"],
  document: ["can_send_documents", "documents"],
  game: ["can_send_other_messages", "games"],
  invoice: ["can_send_messages", "invoice messages"],
  // Before the location that comes with it, as an animation before its document.
  venue: ["can_send_messages", "venues"],
  location: ["can_send_messages", "locations"],
  photo: ["can_send_photos", "photos"],
  poll: ["can_send_polls", "polls"],
  sticker: ["can_send_other_messages", "stickers"],
  video: ["can_send_videos", "videos"],
  video_note: ["can_send_video_notes", "video notes"],
  voice: ["can_send_voice_notes", "voice notes"],
}

/** Fails as Telegram does if the bot may not send such a message to this chat. */
export function checkRights(bot: Bot, chat: Chat, content: object): void {
  const member = chat.members.get(bot.id)
  if (chat.type === "channel") {
    const posts = member?.status === "creator" || (member?.status === "administrator" && member.can_post_messages)
    if (!posts) throw badRequest("need administrator rights in the channel chat")
    return
  }
  if (chat.type === "private" || chat.isAdministrator(bot.id)) return
  const permissions = member?.status === "restricted" ? member : chat.info.permissions
  const needed = Object.keys(rights).find((field) => field in content)
  const [right, word] = rights[needed ?? ""] ?? []
  if (right && !permissions[right]) throw badRequest(`not enough rights to send ${word} to the chat`)
}
