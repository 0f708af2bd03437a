import type { BotSubscriptionUpdated, BusinessBotRights, ChatBoost, User } from "@grammyjs/types"
import type { Bot } from "../bot.ts"
import type { BusinessConnection } from "../chats/business.ts"
import type { Chat } from "../chats/chat.ts"
import { join, leave, type JoinOptions, requestToJoin } from "../chats/join.ts"
import { changeMember } from "../chats/membership.ts"
import { publicUser } from "../chats/user.ts"
import type { World } from "../chats/world.ts"
import { addBoost, removeBoost } from "./boost.ts"
import { connectBusiness, dialog, setBusiness } from "./business.ts"
import { Participant } from "./participant.ts"
import type { Place } from "./place.ts"

/** Who a person is, beside their first name. */
export type UserTraits = Partial<Omit<User, "first_name" | "is_bot">>

/** Somebody's group, supergroup or channel. */
export interface InChat {
  readonly chat: Chat
}

/**
 * A person with a Telegram account. What {@link Participant} has, they do in their private chat with the first bot; `in` and
 * `with` lead to other chats.
 */
export class Person extends Participant {
  constructor(world: World, user: User, bot: Bot) {
    super(privatePlace(world, user, bot))
  }

  /** This person in their private chat with a bot. */
  with(bot: Bot): Participant {
    if (bot === this.bot) return this
    return this.elsewhere(`with ${bot.id}`, () => privatePlace(this.world, this.user, bot))
  }

  /** This person in a group or channel. */
  in(where: InChat): Participant {
    const { chat } = where
    return this.elsewhere(`in ${chat.id}`, () => ({ ...this.place, find: () => chat, open: () => chat }))
  }

  /**
   * This person in a private chat with another person. Bots are told of it only if one of both has connected one to their
   * business account.
   */
  to(other: Person): Participant {
    return this.elsewhere(`to ${other.id}`, () => {
      const open = () => dialog(this.world, this.user, other.user)
      return { ...this.place, find: open, open }
    })
  }

  /** Blocks the bot: it is told by `my_chat_member`. */
  async block(bot: Bot = this.bot): Promise<void> {
    this.#setBlocked(bot, true)
  }

  async unblock(bot: Bot = this.bot): Promise<void> {
    this.#setBlocked(bot, false)
  }

  /** Joins a group or channel, with or without an invite link. By some links, this asks to be let in. */
  async join({ chat }: InChat, options: JoinOptions = {}): Promise<void> {
    join(this.world, chat, this.user, options)
  }

  async leave({ chat }: InChat): Promise<void> {
    leave(this.world, chat, this.user)
  }

  /** Asks to be let in. Bots that may invite are told by `chat_join_request`. */
  async requestToJoin({ chat }: InChat, options: JoinOptions & { bio?: string } = {}): Promise<void> {
    requestToJoin(this.world, chat, this.user, options)
  }

  /** Boosts a channel or supergroup. */
  async boost({ chat }: InChat): Promise<ChatBoost> {
    return addBoost(this.world, chat, this.user)
  }

  /** Takes a boost back, or all of this person's. */
  async unboost({ chat }: InChat, boost?: ChatBoost): Promise<void> {
    removeBoost(this.world, chat, this.user, boost)
  }

  /**
   * Lets a bot into the private chats of this person, whose account is a business account then. It is told by
   * `business_connection`, and of the messages in these chats from now on.
   */
  async connectBusiness(rights?: BusinessBotRights, bot: Bot = this.bot): Promise<BusinessConnection> {
    return connectBusiness(this.world, this.user, bot, rights)
  }

  /** Changes the rights of a bot in the business account, or shuts it out. */
  async changeBusiness(
    connection: BusinessConnection,
    to: { rights?: BusinessBotRights; enabled?: boolean },
  ): Promise<void> {
    setBusiness(connection, to)
  }

  /** Renews, cancels or fails to pay what was bought as a subscription. */
  async changeSubscription(
    invoice_payload: string,
    state: BotSubscriptionUpdated["state"],
    bot: Bot = this.bot,
  ): Promise<void> {
    bot.emit("subscription", { user: this.user, invoice_payload, state } satisfies BotSubscriptionUpdated)
  }

  /** Stops the bot that is writing a message with `sendMessageDraft`. */
  async stopGeneration(draft_id: number, bot: Bot = this.bot): Promise<void> {
    bot.emit("stopped_message_generation", { chat: this.with(bot).chat.object, draft_id })
  }

  /** Makes a bot that the bot manages, or changes its token or owner: `managed_bot`. */
  async manageBot(managed: Bot, bot: Bot = this.bot): Promise<void> {
    bot.emit("managed_bot", { user: this.user, bot: publicUser(managed.user) })
  }

  #setBlocked(bot: Bot, blocked: boolean): void {
    const chat = this.world.privateChat(this.user, bot)
    const user = publicUser(bot.user)
    const member = blocked
      ? ({ status: "kicked", user, until_date: 0 } as const)
      : ({ status: "member", user } as const)
    if (chat.members.get(bot.id)?.status !== member.status) changeMember(this.world, chat, this.user, member)
  }
}

function privatePlace(world: World, user: User, bot: Bot): Place {
  return {
    world,
    user,
    bot,
    find: () => bot.privateChats.get(user.id),
    open: () => world.privateChat(user, bot),
  }
}
