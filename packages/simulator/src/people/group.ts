import type { ForumTopic } from "@grammyjs/types"
import type { Bot } from "../bot.ts"
import { newChannelId, newGroupId } from "../chats/ids.ts"
import { openTopic } from "../chats/topics.ts"
import { anonymousAdministrator } from "../chats/user.ts"
import type { World } from "../chats/world.ts"
import { createUser, defaultBot } from "./accounts.ts"
import type { Person } from "./person.ts"
import { type Member, Room } from "./room.ts"

/** What a new group is like. */
export interface GroupTraits {
  /** Default: `supergroup`. */
  type?: "supergroup" | "group"
  /** Of a public supergroup. */
  username?: string
  /** Whether it has topics. Default: false. */
  forum?: boolean
  /** Who made it. Default: the first of `members`, or somebody made for this. */
  owner?: Person
  /** Who is in it before any bot. */
  members?: Person[]
  /** The bots that are added. Default: the first one there is. */
  bots?: Bot[]
  /** Which of these are administrators. Default: only the owner. */
  administrators?: Member[]
  /** Default: a random one, as Telegram gives them. */
  id?: number
}

/** A basic group or supergroup. */
export class Group extends Room {
  /** Opens a topic of a forum. */
  async createTopic(name: string, traits: Partial<ForumTopic> = {}): Promise<ForumTopic> {
    return openTopic(this.world, this.chat, { user: this.owner.user }, { ...traits, name })
  }

  /** Turns a basic group into a supergroup, which has another id; {@link Group.chat} is that one from now on. */
  async migrate(): Promise<void> {
    const { world, chat: old } = this
    if (old.type !== "group") throw new Error("Only a basic group can become a supergroup.")
    const chat = world.addChat(newChannelId(world), "supergroup", old.traits)
    for (const [id, member] of old.members) chat.members.set(id, member)
    this.say({ migrate_to_chat_id: chat.id })
    old.migratedTo = chat
    this.chat = chat
    world.post(chat, { user: anonymousAdministrator, chat }, { migrate_from_chat_id: old.id })
  }
}

/** Makes a group. Bots in it are told that they were added (facts, 9). */
export function createGroup(world: World, title: string, traits: GroupTraits = {}): Group {
  const { type = "supergroup", username, forum, members = [], bots = [defaultBot(world)], administrators = [] } = traits
  const id = traits.id ?? (type === "group" ? newGroupId(world) : newChannelId(world))
  const chat = world.addChat(id, type, { title, ...(username && { username }), ...(forum && { is_forum: true }) })
  const group = new Group(world, chat, traits.owner ?? members[0] ?? createUser(world, "Owner"))
  for (const { user } of members) if (user.id !== group.owner.id) chat.setMember(user)
  for (const bot of bots) void group.add(bot)
  for (const one of administrators) void group.promote(one)
  return group
}
