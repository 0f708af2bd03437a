import type { Chat, ChatPermissions, ChatPhoto } from "@grammyjs/types"
import { type Permission, permissions } from "./permissions.ts"

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

const withheld: ReadonlySet<Permission> = new Set([
  "can_edit_tag",
  "can_change_info",
  "can_pin_messages",
  "can_manage_topics",
])

/** Of a chat that is new: plain members of a basic group may do all, others not change what it is called, and the like. */
export function newChatInfo(type: Chat["type"]): ChatInfo {
  return {
    permissions: permissions((name) => type === "group" || !withheld.has(name)),
    pinned: new Set(),
    bannedSenders: new Set(),
    general: { name: "General", closed: false, hidden: false },
  }
}
