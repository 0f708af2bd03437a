import type { ForumTopic, Message } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import type { Chat } from "../chats/chat.ts"
import { hasRight } from "../chats/rights.ts"
import { GENERAL, openTopic } from "../chats/topics.ts"
import { inOneLine, shortened } from "../text/characters.ts"
import { needRight } from "./chat-rights.ts"
import { say, sender } from "./send.ts"
import { targetChat } from "./target.ts"

/** In characters. */
const LONGEST_NAME = 128
/** What Telegram gives topics' icons for colours, as numbers of the form RRGGBB. */
const colours: ReadonlySet<number> = new Set([7_322_096, 16_766_590, 13_338_331, 9_367_192, 16_749_490, 16_478_047])

const noChange = "not enough rights to close or open the topic"

/** The methods for the topics of forums. */
export const manageTopics: Record<string, Method> = {
  getForumTopicIconStickers: () => [],

  createForumTopic(call) {
    const { parameters, world } = call
    const chat = forum(call)
    const name = nameOf(call)
    if (name === "") throw badRequest("name must be non-empty")
    needRight(call, chat, "can_manage_topics", "not enough rights to create a topic")
    const icon_color = parameters.integer("icon_color")
    if (icon_color !== 0 && !colours.has(icon_color)) throw badRequest("TOPIC_ICON_COLOR_INVALID")
    const icon = parameters.text("icon_custom_emoji_id")
    const traits = { name, ...(icon_color !== 0 && { icon_color }), ...(icon !== "" && { icon_custom_emoji_id: icon }) }
    return openTopic(world, chat, sender(call, chat), traits)
  },

  editForumTopic(call) {
    const { parameters } = call
    const { chat, topic } = topicOf(call, "not enough rights to edit the topic")
    const name = nameOf(call)
    const icon = parameters.text("icon_custom_emoji_id")
    const hasIcon = parameters.has("icon_custom_emoji_id")
    if (name === "" && !hasIcon) return true
    const edited = { ...(name !== "" && { name }), ...(hasIcon && { icon_custom_emoji_id: icon }) }
    const { icon_custom_emoji_id: before, ...rest } = topic
    const after = hasIcon ? icon : before
    if ((name === "" || name === topic.name) && after === before) throw badRequest("TOPIC_NOT_MODIFIED")
    chat.topics.set(topic.message_thread_id, {
      ...rest,
      ...(name !== "" && { name }),
      ...(after && { icon_custom_emoji_id: after }),
    })
    return say(call, chat, { forum_topic_edited: edited }, topic.message_thread_id)
  },

  closeForumTopic: (call) => setClosed(call, true),
  reopenForumTopic: (call) => setClosed(call, false),

  deleteForumTopic(call) {
    const chat = forum(call)
    const topic = named(call, chat)
    needRight(call, chat, "can_delete_messages", "not enough rights to delete the topic")
    const { message_thread_id: id } = topic
    const inside = [...chat.posts.values()].filter(
      ({ message, deleted }) => !deleted && message.message_thread_id === id,
    )
    chat.topics.delete(id)
    if (inside.length > 0) call.world.delete(...inside)
    return true
  },

  editGeneralForumTopic(call) {
    const chat = generalOf(call, "not enough rights to edit the topic")
    const name = nameOf(call)
    if (name === "") return true
    if (chat.info.general.name === name) throw badRequest("TOPIC_NOT_MODIFIED")
    chat.info.general.name = name
    return say(call, chat, { forum_topic_edited: { name } })
  },

  closeGeneralForumTopic: (call) => setGeneral(call, "closed", true, { forum_topic_closed: {} }),
  reopenGeneralForumTopic: (call) => setGeneral(call, "closed", false, { forum_topic_reopened: {} }),
  hideGeneralForumTopic: (call) => setGeneral(call, "hidden", true, { general_forum_topic_hidden: {} }),
  unhideGeneralForumTopic: (call) => setGeneral(call, "hidden", false, { general_forum_topic_unhidden: {} }),
}

type Topic = ForumTopic & { closed?: boolean }

function forum(call: Call): Chat {
  const chat = targetChat(call)
  if (chat.type !== "supergroup" || !chat.traits.is_forum) throw badRequest("the chat is not a forum")
  return chat
}

function named({ parameters }: Call, chat: Chat): Topic {
  const id = parameters.integer("message_thread_id")
  if (id <= 0) throw badRequest("invalid forum topic identifier specified")
  const topic = id === GENERAL ? undefined : chat.topics.get(id)
  if (!topic) throw badRequest("TOPIC_ID_INVALID")
  return topic
}

/** The topic of a call, if the bot may change it: with the right to, or because it made the topic. */
function topicOf(call: Call, noRights: string): { chat: Chat; topic: Topic } {
  const chat = forum(call)
  const topic = named(call, chat)
  const creator = chat.posts.get(topic.message_thread_id)?.message.from?.id
  if (creator !== call.bot.id && !hasRight(chat, call.bot.id, "can_manage_topics")) throw badRequest(noRights)
  return { chat, topic }
}

function generalOf(call: Call, noRights: string): Chat {
  const chat = forum(call)
  needRight(call, chat, "can_manage_topics", noRights)
  return chat
}

function setClosed(call: Call, closed: boolean): true {
  const { chat, topic } = topicOf(call, noChange)
  if ((topic.closed ?? false) === closed) throw badRequest("TOPIC_NOT_MODIFIED")
  chat.topics.set(topic.message_thread_id, { ...topic, closed })
  return say(call, chat, closed ? { forum_topic_closed: {} } : { forum_topic_reopened: {} }, topic.message_thread_id)
}

function setGeneral(call: Call, field: "closed" | "hidden", value: boolean, content: Partial<Message>): true {
  const chat = generalOf(call, noChange)
  const { general } = chat.info
  if (general[field] === value) throw badRequest("TOPIC_NOT_MODIFIED")
  general[field] = value
  return say(call, chat, content)
}

function nameOf({ parameters }: Call): string {
  return shortened(inOneLine(parameters.text("name")), LONGEST_NAME)
}
