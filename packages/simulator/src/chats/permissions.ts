import type { ChatMemberRestricted, ChatPermissions, User } from "@grammyjs/types"
import type { Chat } from "./chat.ts"

/** Something that members of a group may be allowed. */
export type Permission = keyof ChatPermissions

/** The permissions to send files. */
export const mediaPermissions: readonly Permission[] = [
  "can_send_audios",
  "can_send_documents",
  "can_send_photos",
  "can_send_videos",
  "can_send_video_notes",
  "can_send_voice_notes",
]

/** All permissions there are, in the order in which Telegram tells them. */
const permissionNames: readonly Permission[] = [
  "can_send_messages",
  ...mediaPermissions,
  "can_send_polls",
  "can_send_other_messages",
  "can_add_web_page_previews",
  "can_react_to_messages",
  "can_edit_tag",
  "can_change_info",
  "can_invite_users",
  "can_pin_messages",
  "can_manage_topics",
]

/** All permissions, each allowed or not. */
export function permissions(allows: (name: Permission) => boolean): Required<ChatPermissions> {
  return Object.fromEntries(permissionNames.map((name) => [name, allows(name)])) as unknown as Required<ChatPermissions>
}

/** A member of a supergroup who has only these permissions, until then; 0 is for ever. */
export function restricted(user: User, allowed: ChatPermissions, until_date: number): ChatMemberRestricted {
  const { can_send_messages, ...others } = permissions((name) => allowed[name] === true)
  // Undocumented, and still sent: whether any of these sorts of files is allowed.
  const former = { can_send_media_messages: mediaPermissions.some((name) => allowed[name]) }
  return { user, status: "restricted", until_date, can_send_messages, ...former, ...others, is_member: true }
}

/** What a message is, where members may be kept from sending it: the permission, and Telegram's word for it. */
const sendable: Readonly<Record<string, readonly [Permission, string]>> = {
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

/**
 * What of a message a user or bot may not send to a group, in Telegram's word, such as `photos`. Who administers the group
 * may send all; others what both the group and their own restrictions allow.
 */
export function forbiddenContent(chat: Chat, user: number, content: object): string | undefined {
  if (chat.type === "private" || chat.type === "channel" || chat.isAdministrator(user)) return undefined
  const field = Object.keys(sendable).find((name) => name in content)
  const [permission, word] = sendable[field ?? ""] ?? []
  if (permission === undefined) return undefined
  const member = chat.members.get(user)
  const allowed = chat.info.permissions[permission] && (member?.status !== "restricted" || member[permission])
  return allowed ? undefined : word
}
