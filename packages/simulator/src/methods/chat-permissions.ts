import type { ChatPermissions } from "@grammyjs/types"
import type { Call } from "../api/method.ts"
import { mediaPermissions, type Permission, permissions } from "../chats/permissions.ts"
import { Fields } from "../text/fields.ts"
import { readOrRefuse } from "../text/refusal.ts"
import { object } from "./json.ts"

/** What a permission is like if it is not given. */
const like: readonly (readonly [Permission, Permission])[] = [
  ["can_react_to_messages", "can_send_messages"],
  ["can_edit_tag", "can_pin_messages"],
  ["can_manage_topics", "can_pin_messages"],
]

/** What else comes with a permission, unless `use_independent_chat_permissions` says otherwise. */
const includes: readonly (readonly [Permission, readonly Permission[]])[] = [
  ["can_send_other_messages", [...mediaPermissions, "can_send_messages"]],
  ["can_add_web_page_previews", [...mediaPermissions, "can_send_messages"]],
  ["can_send_polls", ["can_send_messages"]],
]

/** The `permissions` of a call, each of them told; without any, all are false. */
export function permissionsOf(call: Call): Required<ChatPermissions> {
  const { parameters } = call
  if (!parameters.has("permissions")) return complete(new Fields({}), true)
  const fields = object(call, "permissions", "permissions")
  const independent = parameters.boolean("use_independent_chat_permissions")
  return readOrRefuse(() => complete(fields, independent), "Can't parse chat permissions: ")
}

function complete(fields: Fields, independent: boolean): Required<ChatPermissions> {
  const result = permissions((name) => fields.boolean(name))
  const allow = (...names: readonly Permission[]) => names.forEach((name) => (result[name] = true))
  // An old name for all kinds of media.
  if (!mediaPermissions.some((name) => fields.has(name)) && fields.boolean("can_send_media_messages")) {
    allow(...mediaPermissions)
    if (!independent) allow("can_send_messages")
  }
  for (const [name, other] of like) if (!fields.has(name)) result[name] = result[other]
  for (const [name, included] of independent ? [] : includes) if (result[name]) allow(...included)
  return result
}
