import type { User, WebhookInfo } from "@grammyjs/types"
import type { Bot } from "../bot.ts"
import type { Chat } from "../chats/chat.ts"
import type { Keyboard, Post } from "../chats/post.ts"
import type { World } from "../chats/world.ts"
import { type MessageView, messageView, nameOf, preview, titleOf } from "./views.ts"

/** The chat that a page shows: that of a person with a bot (its id) or with a group or channel (its id, below 0). */
export interface Place {
  person: number
  peer: number
}

export interface BotView {
  id: number
  name: string
  username: string
  webhook?: WebhookInfo
  /** When it last called `getUpdates`, in Unix milliseconds. */
  polledAt?: number
}

/** A chat in the list of a person's chats. */
export interface ChatView {
  peer: number
  type: Chat["type"]
  title: string
  /** How many are in it. */
  members: number
  /** Whether the person is in it; for a bot, whether it is not blocked. */
  joined: boolean
  /** Whether the person may write. */
  writable: boolean
  last?: { text: string; date: number; id: number }
}

interface PersonView {
  id: number
  name: string
  username?: string
}

/** All but messages, deliveries and calls. */
export interface Overview {
  bots: BotView[]
  people: PersonView[]
  chats: ChatView[]
  /** What is below the chat instead of the letters, and the message that brought it. */
  keyboard?: { message_id: number; markup: Keyboard }
}

/** How many people and chats the page lists. */
const MOST = 500
/** How many messages the page gets at a time. */
const PAGE_OF_MESSAGES = 60

/** What there is to show, of a world. */
export class State {
  readonly #world: World
  readonly #webhookInfo: (bot: Bot) => WebhookInfo | undefined
  readonly #newest = new WeakMap<Chat, Post>()
  readonly #polledAt = new Map<number, number>()

  constructor(world: World, webhookInfo: (bot: Bot) => WebhookInfo | undefined) {
    this.#world = world
    this.#webhookInfo = webhookInfo
    world.journal.listen((happening) => {
      if (happening.type === "message" && happening.change === "new") this.#newest.set(happening.chat, happening.post)
      if (happening.type === "call" && happening.call.method === "getUpdates") {
        this.#polledAt.set(happening.call.bot, world.clock.now())
      }
    })
  }

  overview({ person, peer }: Partial<Place>): Overview {
    const users = [...this.#world.users.values()].filter((one) => !one.is_bot)
    const people = newest(users, (one) => one.id === person)
    const user = person === undefined ? undefined : this.#world.users.get(person)
    return {
      bots: [...this.#world.bots.values()].map((bot) => this.#bot(bot)),
      people: people.map(personView),
      chats: user ? this.#chats(user, peer) : [],
      ...(person !== undefined && peer !== undefined && this.#keyboard({ person, peer })),
    }
  }

  /** The chat of a place, if it exists; that with a bot begins with its first message. */
  chat({ person, peer }: Place): Chat | undefined {
    return this.#world.bots.get(peer)?.privateChats.get(person) ?? this.#world.chats.get(peer)
  }

  /** The newest messages of a chat, or the newest before one, oldest first, and whether there are older ones. */
  messages(place: Place, before: number = Infinity): { messages: MessageView[]; older: boolean } {
    const posts = [...(this.chat(place)?.posts.values() ?? [])].filter((post) => !post.deleted && post.id < before)
    const page = posts.slice(-PAGE_OF_MESSAGES)
    const messages = page.map((post) => messageView(this.#world, post, place.person))
    return { messages, older: posts.length > page.length }
  }

  #bot(bot: Bot): BotView {
    const { id, user } = bot
    const [webhook, polledAt] = [this.#webhookInfo(bot), this.#polledAt.get(id)]
    const view = { id, name: user.first_name, username: user.username }
    return { ...view, ...(webhook && { webhook }), ...(polledAt !== undefined && { polledAt }) }
  }

  #chats(user: User, peer: number | undefined): ChatView[] {
    const bots = [...this.#world.bots.values()].map((bot) => this.#privateView(user, bot))
    const groups = [...this.#world.chats.values()].filter((chat) => chat.type !== "private")
    const shown = newest(groups, (chat) => chat.id === peer || chat.has(user.id))
    return [...bots, ...shown.map((chat) => this.#groupView(user, chat))]
  }

  #privateView(user: User, bot: Bot): ChatView {
    const chat = bot.privateChats.get(user.id)
    const joined = chat?.members.get(bot.id)?.status !== "kicked"
    const view = { peer: bot.id, type: "private", title: bot.user.first_name, members: 2 } as const
    return { ...view, joined, writable: joined, ...this.#last(chat) }
  }

  #groupView(user: User, chat: Chat): ChatView {
    const joined = chat.has(user.id)
    const writable = chat.type === "channel" ? chat.isAdministrator(user.id) : joined
    const members = [...chat.members.keys()].filter((id) => chat.has(id)).length
    return { peer: chat.id, type: chat.type, title: titleOf(chat), members, joined, writable, ...this.#last(chat) }
  }

  #keyboard(place: Place): Pick<Overview, "keyboard"> {
    const posts = [...(this.chat(place)?.posts.values() ?? [])]
    const post = posts.findLast(({ keyboard, deleted }) => keyboard && !deleted)
    return post?.keyboard ? { keyboard: { message_id: post.id, markup: post.keyboard } } : {}
  }

  #last(chat: Chat | undefined): Pick<ChatView, "last"> {
    const post = chat && this.#newest.get(chat)
    if (!post || post.deleted) return {}
    return { last: { text: preview(post.message), date: post.message.date, id: post.id } }
  }
}

function personView({ id, username, first_name, last_name }: User): PersonView {
  const view = { id, name: nameOf({ first_name, last_name }) }
  return username === undefined ? view : { ...view, username }
}

/** The newest so many, and before these the ones that are wanted most. */
function newest<T>(items: T[], wanted: (item: T) => boolean): T[] {
  if (items.length <= MOST) return items
  const first = items.filter(wanted).slice(-MOST)
  const others = items.filter((item) => !wanted(item))
  return [...others.slice(-Math.max(1, MOST - first.length)), ...first]
}
