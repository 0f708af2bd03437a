import { isDeepStrictEqual } from "node:util"
import type { Poll as PollObject } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import { Poll } from "../chats/poll.ts"
import { changeMessage } from "./edit.ts"
import { markupOf } from "./markup.ts"
import { checkPoll, pollTerms } from "./poll-parameters.ts"
import { send } from "./send.ts"
import { targetPost } from "./target.ts"

export const polls: Record<string, Method> = {
  sendPoll: (call) => {
    const { parameters, world, bot } = call
    const terms = pollTerms(call)
    const closed = parameters.boolean("is_closed")
    const message = send(call, (chat) => {
      checkPoll(terms)
      if (chat.type === "channel" && !terms.is_anonymous) {
        throw badRequest("non-anonymous polls can't be sent to channel chats")
      }
      if (chat.type !== "channel" && (terms.members_only || terms.country_codes)) {
        throw badRequest("poll voters can be restricted only in channel chats")
      }
      const poll = new Poll(world, terms, bot)
      poll.closed = closed
      return { poll: poll.object }
    })
    const poll = world.polls.get(message.poll?.id ?? "")
    if (poll && terms.open_period !== undefined) world.clock.after(terms.open_period * 1000, () => poll.close())
    return message
  },

  stopPoll,
}

function stopPoll(call: Call): PollObject {
  const { inline } = markupOf(call)
  const post = targetPost(call, "message with poll to stop")
  const poll = call.world.polls.get(post.message.poll?.id ?? "")
  if (!poll) throw badRequest("message is not a poll")
  if (post.bot !== call.bot.id || post.message.forward_origin) throw badRequest("poll can't be stopped")
  if (poll.closed) throw badRequest("poll has already been closed")
  poll.close()
  if (!isDeepStrictEqual(inline, post.message.reply_markup)) {
    changeMessage(call, post, [], inline ? { reply_markup: inline } : {})
  }
  return poll.object
}
