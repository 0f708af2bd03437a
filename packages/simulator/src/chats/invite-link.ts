import type { ChatInviteLink, User } from "@grammyjs/types"
import type { Chat } from "./chat.ts"
import { publicUser } from "./user.ts"
import type { World } from "./world.ts"

/** Makes an invite link of a chat. */
export function newInviteLink(
  world: World,
  chat: Chat,
  creator: User,
  traits: Partial<ChatInviteLink>,
): ChatInviteLink {
  const link: ChatInviteLink = {
    invite_link: `https://t.me/+${world.random.text(16)}`,
    creator: publicUser(creator),
    creates_join_request: false,
    is_primary: false,
    is_revoked: false,
    ...traits,
  }
  chat.inviteLinks.set(link.invite_link, link)
  return link
}
