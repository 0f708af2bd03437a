import type { Message } from "@grammyjs/types"
import type { Bot } from "../bot.ts"
import { newChannelId } from "../chats/ids.ts"
import type { World } from "../chats/world.ts"
import { createUser, defaultBot } from "./accounts.ts"
import type { Content } from "./content.ts"
import type { Person } from "./person.ts"
import type { MessageRef } from "./presence.ts"
import { Room } from "./room.ts"

/** What a new channel is like. */
export interface ChannelTraits {
  /** Of a public channel. */
  username?: string
  /** Who made it. Default: somebody made for this. */
  owner?: Person
  /** Who reads it. */
  members?: Person[]
  /** The bots that administer it. Default: the first one there is. */
  bots?: Bot[]
  /** Default: a random one, as Telegram gives them. */
  id?: number
}

/** A channel. */
export class Channel extends Room {
  /** Publishes a post. */
  post(content: Content): Promise<Message> {
    return this.owner.in(this).send(content)
  }

  /** Replaces the text, caption or file of a post. */
  edit(post: MessageRef, content: Content): Promise<Message> {
    return this.owner.in(this).edit(post, content)
  }

  /** Deletes posts. No bot is told of it. */
  delete(...posts: MessageRef[]): Promise<void> {
    return this.owner.in(this).delete(...posts)
  }
}

/** Makes a channel. Bots are told that they administer it (facts, 9). */
export function createChannel(world: World, title: string, traits: ChannelTraits = {}): Channel {
  const { username, members = [], bots = [defaultBot(world)] } = traits
  const chat = world.addChat(traits.id ?? newChannelId(world), "channel", { title, ...(username && { username }) })
  const channel = new Channel(world, chat, traits.owner ?? createUser(world, "Owner"))
  for (const { user } of members) chat.setMember(user)
  for (const bot of bots) void channel.promote(bot)
  return channel
}
