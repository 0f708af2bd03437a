import { HookgramError, type UpdateKind, updateKinds } from "@hookgram/core"
import type { BotContext, CommandContext, MatchContext, UpdateContext } from "./context.ts"
import type { BotEvent } from "./events.ts"
import { type Check, checkOf, type CommandKind, type Filter, type TextKind } from "./filter.ts"

type EventHandler<Event, Context = BotContext> = (event: Event, context: Context) => unknown

/** Adds a handler for one kind of update, with or without a filter. */
export type Register<Kind extends UpdateKind> = {
  (handler: EventHandler<BotEvent<Kind>>): void
  <Event extends BotEvent<Kind>>(filter: (event: BotEvent<Kind>) => event is Event, handler: EventHandler<Event>): void
  (filter: (event: BotEvent<Kind>) => boolean, handler: EventHandler<BotEvent<Kind>>): void
} & (Kind extends CommandKind
  ? (command: `/${string}`, handler: EventHandler<BotEvent<Kind>, CommandContext>) => void
  : unknown) &
  (Kind extends TextKind ? (pattern: RegExp, handler: EventHandler<BotEvent<Kind>, MatchContext>) => void : unknown)

/** A function for each kind of update, named as Telegram names it. */
export type On = { readonly [Kind in UpdateKind]: Register<Kind> }

interface Route {
  readonly check: Check | undefined
  readonly handler: EventHandler<unknown, UpdateContext>
}

/** The handlers by kind. The first whose filter lets an event through gets it. */
export class Routes {
  readonly #routes = new Map<UpdateKind, Route[]>()
  readonly on: On

  constructor(username: () => Promise<string> | string) {
    const registers = updateKinds.map((kind) => [
      kind,
      (...parameters: [Filter, Route["handler"]] | [Route["handler"]]) => {
        const handler = parameters.at(-1)
        if (typeof handler !== "function" || parameters.length > 2) {
          throw new HookgramError("invalid_options", `bot.on.${kind} takes a handler, or a filter and a handler.`)
        }
        const check = parameters.length === 2 ? checkOf(kind, parameters[0], username) : undefined
        const routes = this.#routes.get(kind) ?? []
        this.#routes.set(kind, [...routes, { check, handler: handler as Route["handler"] }])
      },
    ])
    this.on = Object.fromEntries(registers)
  }

  /** The kinds that have a handler, in the order of Telegram's documentation. */
  get kinds(): UpdateKind[] {
    return updateKinds.filter((kind) => this.#routes.has(kind))
  }

  has(kind: UpdateKind): boolean {
    return this.#routes.has(kind)
  }

  /** The handler of an event. What its filter has found is left in the context. */
  async find(kind: UpdateKind, event: unknown, context: UpdateContext): Promise<Route["handler"] | undefined> {
    for (const { check, handler } of this.#routes.get(kind) ?? []) {
      const found = check ? await check(event as never) : {}
      if (!found) continue
      context.found = found
      return handler
    }
    return undefined
  }
}
