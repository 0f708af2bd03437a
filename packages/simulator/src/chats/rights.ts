import type { ChatAdministratorRights, ChatMemberAdministrator, User } from "@grammyjs/types"
import type { Chat } from "./chat.ts"

/** Something that an administrator may be allowed. */
export type Right = keyof ChatAdministratorRights

/** What administrators can be allowed, in the order in which Telegram tells it. */
const rightNames: readonly Right[] = [
  "can_manage_chat",
  "can_change_info",
  "can_post_messages",
  "can_edit_messages",
  "can_delete_messages",
  "can_invite_users",
  "can_restrict_members",
  "can_pin_messages",
  "can_manage_topics",
  "can_promote_members",
  "can_manage_video_chats",
  "can_post_stories",
  "can_edit_stories",
  "can_delete_stories",
  "can_manage_direct_messages",
  "can_manage_tags",
  "can_send_welcome_messages",
  "is_anonymous",
]

const inChannels: ReadonlySet<Right> = new Set(["can_post_messages", "can_edit_messages", "can_manage_direct_messages"])
const inGroups: ReadonlySet<Right> = new Set(["can_pin_messages", "can_manage_topics", "can_manage_tags"])

/** The rights that there are in groups or in channels, each given or not. */
export function rights(place: "groups" | "channels", gives: (name: Right) => boolean): ChatAdministratorRights {
  const elsewhere = place === "channels" ? inGroups : inChannels
  const names = rightNames.filter((name) => !elsewhere.has(name))
  return Object.fromEntries(names.map((name) => [name, gives(name)])) as unknown as ChatAdministratorRights
}

/** Where the rights of a chat's administrators are listed. */
export function placeOf(chat: Chat): "groups" | "channels" {
  return chat.type === "channel" ? "channels" : "groups"
}

const withheld: ReadonlySet<Right> = new Set(["can_promote_members", "is_anonymous"])

/** An administrator, with all rights that there are in such a chat but anonymity and promoting others, unless told otherwise. */
export function administrator(
  chat: Chat,
  user: User,
  given: Partial<ChatAdministratorRights> = {},
): ChatMemberAdministrator {
  const all = rights(placeOf(chat), (name) => !withheld.has(name))
  if (chat.type === "supergroup") all.can_manage_topics = chat.traits.is_forum === true
  else delete all.can_manage_topics
  // Undocumented, and still sent: what `can_manage_video_chats` was called before.
  const former = { can_manage_voice_chats: given.can_manage_video_chats ?? true }
  return { user, status: "administrator", can_be_edited: false, ...all, ...given, ...former }
}

/** Whether somebody administers the chat with this right. Its owner has all. */
export function hasRight(chat: Chat, user: number, right: Right): boolean {
  const member = chat.members.get(user)
  return member?.status === "creator" || (member?.status === "administrator" && member[right] === true)
}
