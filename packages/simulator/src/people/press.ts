import type { CallbackQuery, InlineKeyboardButton, KeyboardButton, Message } from "@grammyjs/types"
import type { Chat } from "../chats/chat.ts"
import { withoutReply } from "../chats/message-fields.ts"
import type { Post } from "../chats/post.ts"
import { compose } from "./content.ts"
import { InlineRequest } from "./inline.ts"
import { botOf, type Place, publish } from "./place.ts"
import { silence, waitFor, type Waiting } from "./time-out.ts"

/** A button, and the message that it came with. */
export interface FoundButton {
  button: InlineKeyboardButton | Exclude<KeyboardButton, string>
  inline: boolean
  post: Post
}

/** The button of a text or callback data that is to be seen in a chat, of the newest message first. */
export function findButton(chat: Chat, wanted: string, only?: Post): FoundButton | undefined {
  for (const post of only ? [only] : [...chat.posts.values()].toReversed()) {
    if (post.deleted) continue
    const buttons = post.message.reply_markup?.inline_keyboard.flat() ?? []
    const button =
      buttons.find(({ text }) => text === wanted) ??
      buttons.find((one) => "callback_data" in one && one.callback_data === wanted)
    if (button) return { button, inline: true, post }
  }
  const below = keyboardBelow(chat)
  if (!below || (only && only !== below.post)) return undefined
  const button = below.keyboard
    .flat()
    .map(asObject)
    .find(({ text }) => text === wanted)
  return button && { button, inline: false, post: below.post }
}

/** The keyboard that is below a chat now, and the message that brought it. */
function keyboardBelow(chat: Chat): { keyboard: KeyboardButton[][]; post: Post } | undefined {
  const post = [...chat.posts.values()].findLast(({ keyboard, deleted }) => keyboard && !deleted)
  return post?.keyboard && "keyboard" in post.keyboard ? { keyboard: post.keyboard.keyboard, post } : undefined
}

function asObject(button: KeyboardButton): Exclude<KeyboardButton, string> {
  return typeof button === "string" ? { text: button } : button
}

/** What a bot answered with `answerCallbackQuery`. */
export interface CallbackAnswer {
  text?: string
  show_alert?: boolean
  url?: string
  cache_time?: number
}

/** What became of a press. */
export interface Press {
  /** As the bot made it. A button that only opens something, such as a `url`, tells the bot nothing. */
  readonly button: FoundButton["button"]
  /** What the bot is asked, if it is asked anything. */
  readonly callbackQuery?: CallbackQuery
  /** What was sent to the chat, if the button was of the keyboard below it. */
  readonly message?: Message
  /** The inline query that a `switch_inline_query_current_chat` button made. */
  readonly inline?: InlineRequest
  /**
   * What the bot answered; nothing, if it was not asked.
   *
   * @throws {TimeoutError} if it does not answer in time
   */
  readonly answered: (waiting?: Waiting) => Promise<CallbackAnswer>
}

/** Does what a button does. */
export function pressButton(place: Place, { button, inline, post }: FoundButton): Press {
  if (!inline) {
    // In groups, apps make it a reply, so that a bot with privacy mode sees it.
    const replied = post.chat.type === "private" ? {} : { reply_to_message: withoutReply(post.message) }
    const content = { ...replied, ...keyboardContent(place, button) }
    return { button, message: publish(place, content).message, answered: nothing }
  }
  if ("switch_inline_query_current_chat" in button) {
    const request = new InlineRequest(place, button.switch_inline_query_current_chat)
    return { button, inline: request, answered: nothing }
  }
  if ("pay" in button) throw new Error(`"${button.text}" is pressed by pay(message), which also fills in the form.`)
  const asks = "callback_data" in button || "callback_game" in button
  const bot = botOf(place, post)
  if (!asks || !bot) return { button, answered: nothing }
  const { world, user } = place
  const query = world.newQuery({ kind: "callback", bot: bot.id, from: user })
  const callbackQuery: CallbackQuery = {
    id: query.id,
    from: user,
    ...(post.inlineMessageId ? { inline_message_id: post.inlineMessageId } : { message: post.message }),
    chat_instance: chatInstance(post.chat.id, bot.id),
    ...("callback_data" in button
      ? { data: button.callback_data }
      : { game_short_name: post.gameShortName ?? post.message.game?.title ?? "" }),
  }
  bot.emit("callback_query", callbackQuery)
  const why = () => `@${bot.user.username} did not answer the press of "${button.text}". ${silence(place)}`
  return { button, callbackQuery, answered: (waiting = {}) => waitFor(world, waiting, () => query.answer, why) }
}

/** The answer where the bot is not asked. */
async function nothing(): Promise<CallbackAnswer> {
  return {}
}

/** What a button of the keyboard below the chat sends. */
function keyboardContent({ user, world }: Place, button: Exclude<KeyboardButton, string>): Partial<Message> {
  if ("request_contact" in button) {
    const { first_name, last_name, id } = user
    return { contact: { phone_number: `+999${id}`, first_name, ...(last_name && { last_name }), user_id: id } }
  }
  if ("request_location" in button) return { location: { latitude: 52.520008, longitude: 13.404954 } }
  const needs = Object.keys(button).find((field) => field.startsWith("request_") || field === "web_app")
  if (needs) throw new Error(`"${button.text}" asks for something to choose: send() it, such as { ${answers[needs]} }.`)
  return compose(world, button.text)
}

/** The fields of the message that a button with such a field makes. */
const answers: Record<string, string> = {
  request_users: "users_shared",
  request_chat: "chat_shared",
  request_poll: "poll",
  request_managed_bot: "managed_bot_created",
  web_app: "web_app_data",
}

/** A number that stands for a chat, as 64-bit text: always the same for one chat and bot. */
function chatInstance(chat: number, bot: number): string {
  return String(BigInt.asIntN(64, (BigInt(chat) * 0x9e37_79b9_7f4a_7c15n) ^ (BigInt(bot) * 0xc2b2_ae3d_27d4_eb4fn)))
}
