import type { PollAnswer, PollOption, Poll as PollObject } from "@grammyjs/types"
import type { Bot } from "../bot.ts"
import { defined } from "./defined.ts"
import { newNumber } from "./ids.ts"
import type { Post } from "./post.ts"
import type { Actor } from "./reactions.ts"
import { anonymousChannel } from "./user.ts"
import type { World } from "./world.ts"

/** What a poll asks and allows: the fields of Telegram's `Poll` that its votes do not change. */
export interface PollTerms extends Omit<PollObject, "id" | "options" | "total_voter_count" | "is_closed"> {
  options: Omit<PollOption, "persistent_id" | "voter_count">[]
  /** Votes are counted only for all to see when it closes. */
  hide_results_until_closes?: boolean
}

/** A poll and its votes. All messages that show it, forwarded ones too, change with it. */
export class Poll {
  readonly id: string
  readonly terms: PollTerms
  /** The bot that sent it, which is told of votes. A poll of a person is no bot's. */
  readonly bot: Bot | undefined
  /** The positions of the chosen options, by the id of the user or channel. */
  readonly votes: Map<number, readonly number[]> = new Map()
  closed = false
  readonly #world: World
  readonly #options: readonly string[]
  readonly #posts = new Set<Post>()

  /** Makes a poll that is in no chat yet; `world.polls` knows it from now on. */
  constructor(world: World, terms: PollTerms, bot?: Bot) {
    this.id = newNumber(world.random)
    this.terms = terms
    this.bot = bot
    this.#world = world
    this.#options = terms.options.map((_, index) => String(index))
    world.polls.set(this.id, this)
  }

  /** What a message shows of it. */
  get object(): PollObject {
    const { hide_results_until_closes: hidden, options, ...terms } = this.terms
    const count = (index: number) => [...this.votes.values()].filter((chosen) => chosen.includes(index)).length
    const open = !hidden || this.closed
    const { correct_option_ids, explanation, explanation_entities, explanation_media, ...shown } = terms
    const solution = { correct_option_ids, explanation, explanation_entities, explanation_media }
    return {
      id: this.id,
      ...shown,
      ...((this.bot || this.closed) && defined(solution)),
      options: options.map((option, index) => counted(option, this.#options[index], open ? count(index) : 0)),
      total_voter_count: this.votes.size,
      is_closed: this.closed,
    }
  }

  /** Makes a message that shows the poll follow its votes. */
  show(post: Post): void {
    this.#posts.add(post)
  }

  /**
   * Votes for options, by their positions counted from 0, or takes the vote back. The bot is told of it by `poll` and, if
   * the poll is not anonymous, by `poll_answer`.
   *
   * @throws {Error} if the poll does not allow this vote
   */
  vote(voter: Actor, chosen: readonly number[]): void {
    const id = "user" in voter ? voter.user.id : voter.chat.id
    this.#check(id, chosen)
    if (chosen.length > 0) this.votes.set(id, chosen)
    else this.votes.delete(id)
    if (!this.terms.is_anonymous) this.bot?.emit("poll_answer", this.#answer(voter, chosen))
    this.#changed()
  }

  /** Ends the voting. */
  close(): void {
    if (this.closed) return
    this.closed = true
    this.#changed()
  }

  #check(voter: number, chosen: readonly number[]): void {
    const { allows_multiple_answers, allows_revoting, options } = this.terms
    if (this.closed) throw new Error("The poll is closed")
    if (chosen.some((index) => !options[index])) throw new Error(`The poll has only ${options.length} options`)
    if (chosen.length > 1 && !allows_multiple_answers) throw new Error("The poll allows only one answer")
    if (this.votes.has(voter) && !allows_revoting) throw new Error("The poll does not allow to change the vote")
  }

  #answer(voter: Actor, chosen: readonly number[]): PollAnswer {
    return {
      poll_id: this.id,
      ...("user" in voter ? voter : { voter_chat: voter.chat.object, user: anonymousChannel }),
      option_ids: [...chosen],
      option_persistent_ids: chosen.map((index) => this.#options[index] ?? ""),
    }
  }

  /** Tells the bot and all who look at the poll. It is no edit of the messages. */
  #changed(): void {
    const { object } = this
    const { description: _, description_entities: __, media: ___, ...bare } = object
    this.bot?.emit("poll", bare)
    for (const post of this.#posts) {
      if (post.deleted) continue
      post.message = { ...post.message, poll: object }
      this.#world.journal.tell({ type: "message", chat: post.chat, post, change: "edited" })
    }
    this.#world.clock.changed()
  }
}

function counted(option: PollTerms["options"][number], persistent_id = "", voter_count: number): PollOption {
  return { persistent_id, ...option, voter_count }
}
