import type { WebhookInfo } from "@grammyjs/types"
import type { Bot } from "./bot.ts"
import type { World } from "./chats/world.ts"
import type { RealClock } from "./clock/real.ts"
import { VirtualClock } from "./clock/virtual.ts"
import type { Fault } from "./delivery/faults.ts"
import type { ApiCall, Delivery } from "./journal.ts"
import type { Refusal } from "./methods/refusals.ts"
import { type ChannelTraits, type Channel, createChannel } from "./people/channel.ts"
import { deliver, type DeliverOptions } from "./people/deliver.ts"
import { createGroup, type Group, type GroupTraits } from "./people/group.ts"
import { createUser } from "./people/accounts.ts"
import type { Person, UserTraits } from "./people/person.ts"
import type { SimulatorServer } from "./server.ts"

/** How long {@link Simulator.settled} waits, in milliseconds of Telegram's time: as long as any update lives. */
const DAY = 86_400_000

/** A Telegram of one's own: people, chats and bots, and a Bot API server that delivers as the real one does. */
export class Simulator {
  /** The root of the Bot API, and the address of the chat page, such as `http://127.0.0.1:41234`. */
  readonly url: string
  /** The bot that is there from the start. */
  readonly bot: Bot
  /** What the random ids and waits come from: give it to `startSimulator` to have the same again. */
  readonly seed: number
  /** All that the other members are views of. For tests that look deeper; it may change with any version. */
  readonly world: World
  readonly #clock: RealClock | VirtualClock
  readonly #server: SimulatorServer

  constructor(world: World, clock: RealClock | VirtualClock, bot: Bot, server: SimulatorServer) {
    this.world = world
    this.bot = bot
    this.url = server.url
    this.seed = world.random.seed
    this.#clock = clock
    this.#server = server
  }

  /** The token of {@link Simulator.bot}. */
  get token(): string {
    return this.bot.token
  }

  /** Telegram's time, in Unix milliseconds. */
  get now(): number {
    return this.#clock.now()
  }

  /** The newest deliveries, oldest first: what was sent to webhooks, when, and what came of it. */
  get deliveries(): readonly Delivery[] {
    return this.world.journal.deliveries
  }

  /** The newest calls of Bot API methods, oldest first. */
  get calls(): readonly ApiCall[] {
    return this.world.journal.calls
  }

  /** A new person. */
  user(name: string, traits?: UserTraits): Person {
    return createUser(this.world, name, traits)
  }

  /** A new group with the bot in it, a supergroup unless said otherwise. */
  group(title: string, traits?: GroupTraits): Group {
    return createGroup(this.world, title, traits)
  }

  /** A new channel that the bot administers. */
  channel(title: string, traits?: ChannelTraits): Channel {
    return createChannel(this.world, title, traits)
  }

  /** Another bot, under a token of its own. */
  addBot(traits: { token?: string; username?: string; first_name?: string } = {}): Bot {
    const { token = newToken(this.world), ...rest } = traits
    return this.world.addBot(token, rest)
  }

  /**
   * Has a recorded update come in, as if it happened now. It gets an `update_id` of its own.
   *
   * @returns that id, or `undefined` if the bot does not want updates of its kind
   */
  deliver(update: object | string | Uint8Array, options?: DeliverOptions): number | undefined {
    return deliver(this.bot, update, options)
  }

  /**
   * Has something go wrong between Telegram and the webhook, the next time that it fits.
   *
   * @example
   * telegram.fault({ kind: "lose-answer", when: ({ kind }) => kind === "callback_query" })
   *
   * @returns a function that takes it back
   */
  fault(fault: Fault): () => void {
    return this.world.services.faults.add(fault)
  }

  /**
   * Has calls of Bot API methods fail, such as with 429, instead of doing anything.
   *
   * @returns a function that takes it back
   */
  refuse(refusal: Refusal): () => void {
    return this.world.services.refusals.add(refusal)
  }

  /** What `getWebhookInfo` answers. */
  webhookInfo(bot: Bot = this.bot): WebhookInfo {
    return bot.registration.info()
  }

  /**
   * Resolves when no update is stored any more: each was delivered, dropped, or confirmed by `getUpdates`. A virtual clock
   * moves on until then.
   *
   * @param timeout in milliseconds of Telegram's time. Default: 24 hours, as long as an update lives
   * @throws when updates are left after that time
   */
  async settled(timeout: number = DAY): Promise<void> {
    const left = () => [...this.world.services.bots].reduce((sum, bot) => sum + bot.updates.size, 0)
    const done = await this.#clock.until(() => (left() === 0 ? true : undefined), timeout)
    if (done) return
    const last = this.deliveries.findLast(({ error }) => error !== undefined)
    const why = last?.error === undefined ? "" : ` The last error: ${last.error}`
    throw new Error(`${left()} updates are still stored after ${timeout / 1000} s of Telegram's time.${why}`)
  }

  /**
   * Waits until something is the case: until `check` returns something, be it only `true`. A virtual clock moves on
   * meanwhile. Several may wait at once, also a handler of the bot while the test waits for what it does.
   *
   * @param check is called again and again; what it throws is thrown
   * @param timeout in milliseconds of Telegram's time. Default: 5000
   * @returns what `check` returned
   * @throws when it did not come to be
   */
  async until<T>(check: () => T | undefined | false, timeout = 5000): Promise<T> {
    const value = await this.#clock.until(() => check() || undefined, timeout)
    if (value === undefined) throw new Error(`This did not come to be within ${timeout / 1000} s: ${check.toString()}`)
    return value
  }

  /**
   * Resolves when so many milliseconds of Telegram's time have passed. For handlers that take their time: a virtual clock is
   * not moved on by it, but does not wait for them either. A test moves it on by {@link Simulator.advance}.
   */
  sleep(milliseconds: number): Promise<void> {
    return this.#clock.sleep(milliseconds)
  }

  /**
   * Moves a virtual clock on by so many milliseconds, and resolves when all that came due was done.
   *
   * @throws if the clock is a real one
   */
  async advance(milliseconds: number): Promise<void> {
    if (!(this.#clock instanceof VirtualClock)) {
      throw new Error('Only a virtual clock can be moved on: startSimulator({ clock: "virtual" })')
    }
    await this.#clock.advance(milliseconds)
  }

  /** Ends all deliveries, connections and timers: nothing is left running. Also done by `await using`. */
  async close(): Promise<void> {
    for (const bot of this.world.services.bots) bot.registration.pause()
    await this.#server.close()
    this.#clock.stop()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

/** A token such as BotFather gives. */
export function newToken(world: World): string {
  return `${world.random.integer(100_000_000, 8_500_000_000)}:AA${world.random.text(33)}`
}
