import type { ChatPermissions, ChatPhoto } from "@grammyjs/types"

/** What is known of a chat beside its messages and members, most of which only `getChat` tells. */
export interface ChatInfo {
  description?: string
  photo?: ChatPhoto
  sticker_set_name?: string
  /** What plain members of a group may do. */
  permissions: ChatPermissions
  /** Ids of the pinned messages, the last pinned at the end. */
  readonly pinned: Set<number>
  /** Ids of the chats in whose name nothing may be posted. */
  readonly bannedSenders: Set<number>
  /** Of a forum: the topic that cannot be named by its number. */
  readonly general: { name: string; closed: boolean; hidden: boolean }
}

/** Of a chat that is new: plain members may do all but change what it is called. */
export function newChatInfo(): ChatInfo {
  return {
    permissions: {
      can_send_messages: true,
      can_send_audios: true,
      can_send_documents: true,
      can_send_photos: true,
      can_send_videos: true,
      can_send_video_notes: true,
      can_send_voice_notes: true,
      can_send_polls: true,
      can_send_other_messages: true,
      can_add_web_page_previews: true,
      can_react_to_messages: true,
      can_edit_tag: false,
      can_change_info: false,
      can_invite_users: true,
      can_pin_messages: false,
      can_manage_topics: false,
    },
    pinned: new Set(),
    bannedSenders: new Set(),
    general: { name: "General", closed: false, hidden: false },
  }
}
