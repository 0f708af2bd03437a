import type { ChatPermissions } from "@grammyjs/types"
import type { Call } from "../api/method.ts"
import { Fields, isObject } from "../text/fields.ts"
import { readOrRefuse, refusal } from "../text/refusal.ts"

type Name = keyof ChatPermissions

const media: readonly Name[] = [
  "can_send_audios",
  "can_send_documents",
  "can_send_photos",
  "can_send_videos",
  "can_send_video_notes",
  "can_send_voice_notes",
]

/** What a permission is like if it is not given. */
const like: readonly (readonly [Name, Name])[] = [
  ["can_react_to_messages", "can_send_messages"],
  ["can_edit_tag", "can_pin_messages"],
  ["can_manage_topics", "can_pin_messages"],
]

/** What else comes with a permission, unless `use_independent_chat_permissions` says otherwise. */
const includes: readonly (readonly [Name, readonly Name[]])[] = [
  ["can_send_other_messages", [...media, "can_send_messages"]],
  ["can_add_web_page_previews", [...media, "can_send_messages"]],
  ["can_send_polls", ["can_send_messages"]],
]

/** All permissions there are, in the order in which Telegram tells them. */
const names: readonly Name[] = [
  "can_send_messages",
  ...media,
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

/** The `permissions` of a call, each of them told; without any, all are false. */
export function permissionsOf(call: Call): Required<ChatPermissions> {
  const { parameters } = call
  if (!parameters.has("permissions")) return complete(new Fields({}), true)
  const value = parameters.json("permissions")
  if (value === undefined) throw refusal("Can't parse permissions JSON object")
  if (!isObject(value)) throw refusal("Object expected as permissions")
  const independent = parameters.boolean("use_independent_chat_permissions")
  return readOrRefuse(() => complete(new Fields(value), independent), "Can't parse chat permissions: ")
}

function complete(fields: Fields, independent: boolean): Required<ChatPermissions> {
  const result = new Map<Name, boolean>(names.map((name) => [name, fields.boolean(name)]))
  const allow = (...more: readonly Name[]) => more.forEach((name) => result.set(name, true))
  // An old name for all kinds of media.
  if (!media.some((name) => fields.has(name)) && fields.boolean("can_send_media_messages")) {
    allow(...media)
    if (!independent) allow("can_send_messages")
  }
  for (const [name, other] of like) if (!fields.has(name)) result.set(name, result.get(other) === true)
  for (const [name, included] of independent ? [] : includes) if (result.get(name)) allow(...included)
  return Object.fromEntries(result) as unknown as Required<ChatPermissions>
}
