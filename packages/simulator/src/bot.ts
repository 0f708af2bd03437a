import type { UserFromGetMe } from "@grammyjs/types"
import { BotProfile } from "./chats/bot-profile.ts"
import type { Chat } from "./chats/chat.ts"
import type { World } from "./chats/world.ts"
import { Polling } from "./registration/polling.ts"
import { Registration } from "./registration/registration.ts"
import { SlowConflicts } from "./registration/slow-conflicts.ts"
import { allowedByDefault, isWanted, lifetimeEnd, queueKey } from "./updates/kinds.ts"
import { UpdateList } from "./updates/list.ts"
import { stringify } from "./updates/stringify.ts"

/** A bot's account: who it is, its stored updates, and which kinds it wants. */
export class Bot {
  readonly id: number
  readonly token: string
  /** What `getMe` answers. */
  user: UserFromGetMe
  readonly world: World
  readonly updates: UpdateList
  /** The kinds for which updates are created (facts, 5.5). */
  allowed: ReadonlySet<string> = allowedByDefault
  /** Its private chats, by the user's id. */
  readonly privateChats: Map<number, Chat> = new Map()
  /** What it says of itself. */
  readonly profile: BotProfile = new BotProfile()
  readonly registration: Registration
  readonly polling: Polling
  /** What its calls are told that overtake each other (facts, 7.3). */
  readonly conflicts: SlowConflicts
  /** `logged out`: refuses all calls. `closed`: unloaded until the next call (facts, 8.6). */
  state: "open" | "closed" | "logged out" = "open"
  /** When it was loaded, in Unix milliseconds. */
  loadedAt: number
  #lastMessageId = 0

  constructor(world: World, token: string, user: UserFromGetMe) {
    this.world = world
    this.token = token
    this.id = user.id
    this.user = user
    this.loadedAt = world.clock.now()
    this.updates = new UpdateList(world.clock, world.random, world.services.startedAt)
    this.conflicts = new SlowConflicts(world.clock)
    this.registration = new Registration(this)
    this.polling = new Polling(this)
    world.services.bots.add(this)
  }

  nextMessageId(): number {
    return ++this.#lastMessageId
  }

  /** Makes the next message's id larger than this one. */
  skipMessageIds(id: number): void {
    this.#lastMessageId = Math.max(this.#lastMessageId, id)
  }

  /**
   * Makes an update of something that happened, unless the bot does not want its kind: filtering is done here, at
   * creation (facts, 5.5), and then no `update_id` is used up.
   *
   * @param content what stands in the field named `kind`: an object, or its JSON text, one byte per character
   * @returns the `update_id`, or `undefined` if no update came of it
   */
  emit(kind: string, content: object | string): number | undefined {
    if (this.state === "logged out" || !isWanted(kind, this.allowed)) return undefined
    const text = typeof content === "string" ? content : stringify(content)
    const payload: unknown = typeof content === "string" ? JSON.parse(content) : content
    const updateId = this.updates.add({
      kind,
      text,
      key: queueKey(kind, payload),
      expires: lifetimeEnd(kind, payload, this.world.clock),
    })
    if (updateId === undefined) return undefined
    this.world.journal.tell({ type: "update", bot: this.id, updateId, kind })
    this.registration.wake()
    this.polling.wake()
    return updateId
  }
}
