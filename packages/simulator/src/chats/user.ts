import type { User } from "@grammyjs/types"
import type { ChatTraits } from "./chat.ts"

/** A user as updates tell of them: without what only `getMe` tells. */
export function publicUser(user: User): User {
  const { id, is_bot, first_name, last_name, username, language_code, is_premium, added_to_attachment_menu } = user
  const more = { last_name, username, language_code, is_premium, added_to_attachment_menu }
  return { id, is_bot, first_name, ...Object.fromEntries(Object.entries(more).filter(([, value]) => value)) }
}

/** What a private chat with somebody is called. */
export function privateTraits({ first_name, last_name, username }: User): ChatTraits {
  return { first_name, ...(last_name && { last_name }), ...(username && { username }) }
}

/** The account that stands in `from` for an anonymous administrator. */
export const anonymousAdministrator: User = {
  id: 1_087_968_824,
  is_bot: true,
  first_name: "Group",
  username: "GroupAnonymousBot",
}

/** The account that stands in `from` for a channel. */
export const anonymousChannel: User = { id: 136_817_688, is_bot: true, first_name: "Channel", username: "Channel_Bot" }
