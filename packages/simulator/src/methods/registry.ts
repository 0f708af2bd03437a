import type { Method } from "../api/method.ts"
import { answerCallback } from "./answer.ts"
import { answerInline } from "./answer-inline.ts"
import { answerPayment } from "./answer-payment.ts"
import { banMembers } from "./chat-bans.ts"
import { listCommands } from "./chat-commands.ts"
import { getChats } from "./chat-get.ts"
import { inviteMembers } from "./chat-invite-links.ts"
import { pinMessages } from "./chat-pins.ts"
import { describeBot } from "./chat-profile.ts"
import { promoteMembers } from "./chat-promotions.ts"
import { chatSettings } from "./chat-settings.ts"
import { manageTopics } from "./chat-topics.ts"
import { deletions } from "./delete.ts"
import { editLocation } from "./edit-location.ts"
import { editMedia } from "./edit-media.ts"
import { editText } from "./edit-text.ts"
import { files } from "./files.ts"
import { forwards } from "./forward.ts"
import { payments } from "./payments.ts"
import { polls } from "./polls.ts"
import { reactions } from "./reactions.ts"
import { sendAction } from "./send-action.ts"
import { sendAlbum } from "./send-album.ts"
import { sendChance } from "./send-chance.ts"
import { sendMedia } from "./send-media.ts"
import { sendPlace } from "./send-place.ts"
import { sendText } from "./send-text.ts"

/** The methods that read or change the simulated chats and the bot itself, by their names. */
export const chatMethods: Record<string, Method> = {
  ...sendText,
  ...sendMedia,
  ...sendAlbum,
  ...sendPlace,
  ...sendChance,
  ...polls,
  ...payments,
  ...forwards,
  ...editText,
  ...editMedia,
  ...editLocation,
  ...deletions,
  ...reactions,
  ...sendAction,
  ...answerCallback,
  ...answerInline,
  ...answerPayment,
  ...files,
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
