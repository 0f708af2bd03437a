import type {
  ChatAdministratorRights,
  ChatMemberAdministrator,
  ChatMemberRestricted,
  ChatPermissions,
  User,
} from "@grammyjs/types"
import type { Chat } from "./chat.ts"

/** The rights that an administrator of such a chat can have: all but anonymity, unless told otherwise. */
export function administrator(
  chat: Chat,
  user: User,
  rights: Partial<ChatAdministratorRights> = {},
): ChatMemberAdministrator {
  // Undocumented, and still sent: what `can_manage_video_chats` was called before.
  const former = { can_manage_voice_chats: rights.can_manage_video_chats ?? true }
  return {
    user,
    status: "administrator",
    can_be_edited: false,
    can_manage_chat: true,
    can_change_info: true,
    ...(chat.type === "channel" && { can_post_messages: true, can_edit_messages: true }),
    can_delete_messages: true,
    can_invite_users: true,
    can_restrict_members: true,
    ...(chat.type !== "channel" && { can_pin_messages: true, can_manage_tags: true }),
    ...(chat.type === "supergroup" && { can_manage_topics: chat.traits.is_forum === true }),
    can_promote_members: false,
    can_manage_video_chats: true,
    can_post_stories: true,
    can_edit_stories: true,
    can_delete_stories: true,
    ...(chat.type === "channel" && { can_manage_direct_messages: true }),
    can_send_welcome_messages: true,
    is_anonymous: false,
    ...rights,
    ...former,
  }
}

const media = ["audios", "documents", "photos", "videos", "video_notes", "voice_notes"] as const

/** A member of a supergroup who has only these permissions, until then; 0 is for ever. */
export function restricted(user: User, permissions: ChatPermissions, until_date: number): ChatMemberRestricted {
  // Undocumented, and still sent: whether any of these sorts of files is allowed.
  const former = { can_send_media_messages: media.some((sort) => permissions[`can_send_${sort}`]) }
  return {
    user,
    status: "restricted",
    until_date,
    can_send_messages: false,
    ...former,
    can_send_audios: false,
    can_send_documents: false,
    can_send_photos: false,
    can_send_videos: false,
    can_send_video_notes: false,
    can_send_voice_notes: false,
    can_send_polls: false,
    can_send_other_messages: false,
    can_add_web_page_previews: false,
    can_react_to_messages: false,
    can_edit_tag: false,
    can_change_info: false,
    can_invite_users: false,
    can_pin_messages: false,
    can_manage_topics: false,
    is_member: true,
    ...permissions,
  }
}
