import type { Method } from "../api/method.ts"
import { banMembers } from "./chat-bans.ts"
import { listCommands } from "./chat-commands.ts"
import { getChats } from "./chat-get.ts"
import { inviteMembers } from "./chat-invite-links.ts"
import { pinMessages } from "./chat-pins.ts"
import { describeBot } from "./chat-profile.ts"
import { promoteMembers } from "./chat-promotions.ts"
import { chatSettings } from "./chat-settings.ts"
import { manageTopics } from "./chat-topics.ts"

/** The methods with which a bot administers chats and itself, by their names. */
export const chatAdministration: Record<string, Method> = {
  ...getChats,
  ...banMembers,
  ...promoteMembers,
  ...chatSettings,
  ...pinMessages,
  ...inviteMembers,
  ...manageTopics,
  ...listCommands,
  ...describeBot,
}
