import type { ApiMethods, Message } from "@grammyjs/types"
import type { Call } from "../api/method.ts"
import { send } from "./send.ts"

type Answers = { [name in keyof ApiMethods<unknown>]?: (call: Call) => ReturnType<ApiMethods<unknown>[name]> }

const none = { total_count: 0 }

/** What methods answer whose results cannot be told from their names. */
const answers: Answers = {
  getUserProfileAudios: () => ({ ...none, audios: [] }),
  getUserGifts: () => ({ ...none, gifts: [] }),
  getChatGifts: () => ({ ...none, gifts: [] }),
  getBusinessAccountGifts: () => ({ ...none, gifts: [] }),
  getAvailableGifts: () => ({ gifts: [] }),
  getStarTransactions: () => ({ transactions: [] }),
  getMyStarBalance: () => ({ amount: 0 }),
  getBusinessAccountStarBalance: () => ({ amount: 0 }),
  getManagedBotToken: ({ parameters, world }) => `${parameters.integer("user_id")}:${world.random.text(35)}`,
  replaceManagedBotToken: ({ parameters, world }) => `${parameters.integer("user_id")}:${world.random.text(35)}`,
  getManagedBotAccessSettings: () => ({ is_access_restricted: false }),
  getStickerSet: ({ parameters }) => {
    const name = parameters.text("name")
    return { name, title: name, sticker_type: "regular", stickers: [] }
  },
  savePreparedInlineMessage: ({ world }) => ({ id: world.random.text(20), expiration_date: soon(world.clock.now()) }),
  savePreparedKeyboardButton: ({ world }) => ({ id: world.random.text(20) }),
}

function soon(now: number): number {
  return Math.floor(now / 1000) + 600
}

/**
 * The answer to a method that is not modelled: a message for one that sends, an empty list for one that gets, else true.
 *
 * @throws {ApiError} if it sends, and the chat is none that the bot can send to
 */
export function plausible(call: Call): unknown {
  const { method, parameters } = call
  const known: ((call: Call) => unknown) | undefined = answers[method as keyof Answers]
  if (known) return known(call)
  if (method.startsWith("get")) return []
  if (method.startsWith("send") && parameters.has("chat_id")) return sent(call)
  return true
}

/** A message that says which method sent it. */
function sent(call: Call): Message {
  return send(call, { text: call.parameters.text("text") || `(${call.method})` })
}
