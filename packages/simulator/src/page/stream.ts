import type { ServerResponse } from "node:http"
import type { World } from "../chats/world.ts"
import { Changes } from "./changes.ts"
import { safeHeaders } from "./respond.ts"
import { noMessages, snapshot } from "./snapshot.ts"
import type { Place, State } from "./state.ts"
import { messageView } from "./views.ts"

/** How long changes are gathered before they are sent together, in real milliseconds. */
const GATHER = 80
/** How often the time and what tells of no changes by itself, such as `getWebhookInfo`, is looked at. */
const TICK = 1000

/**
 * The server-sent events of one page: first `state`, which is all there is to show, then `changes`, gathered so that
 * thousands of messages make a few events, or `chat`, its newest messages, when those are less than all that changed;
 * `overview` whenever it has changed; and a `tick` each second with Telegram's time. A page that was away begins with
 * `state` again.
 */
export class Stream {
  readonly #world: World
  readonly #state: State
  readonly #response: ServerResponse
  readonly #place: Partial<Place>
  readonly #changes = new Changes()
  readonly #stop: () => void
  readonly #ticks: NodeJS.Timeout
  #gathering: NodeJS.Timeout | undefined
  #overview = ""
  #full = false

  constructor(world: World, state: State, response: ServerResponse, place: Partial<Place>) {
    this.#world = world
    this.#state = state
    this.#response = response
    this.#place = place
    response.writeHead(200, { ...safeHeaders, "Content-Type": "text/event-stream", "X-Accel-Buffering": "no" })
    response.write("retry: 1000\n\n")
    this.#sendState()
    this.#stop = world.journal.listen((happening) => {
      this.#changes.add(happening, () => this.#chat())
      if (this.#changes.any) this.#gathering ??= setTimeout(() => this.#flush(), GATHER)
    })
    this.#ticks = setInterval(() => this.#tick(), TICK)
    response.on("drain", () => {
      this.#full = false
      this.#flush()
    })
    response.on("close", () => this.#close())
  }

  #chat(): ReturnType<State["chat"]> {
    const { person, peer } = this.#place
    return person === undefined || peer === undefined ? undefined : this.#state.chat({ person, peer })
  }

  #messages(): ReturnType<State["messages"]> {
    const { person, peer } = this.#place
    return person === undefined || peer === undefined ? noMessages : this.#state.messages({ person, peer })
  }

  #sendState(): void {
    this.#overview = JSON.stringify(this.#state.overview(this.#place))
    this.#send("state", snapshot(this.#world, this.#state, this.#place))
  }

  #sendOverview(): void {
    const overview = this.#state.overview(this.#place)
    const text = JSON.stringify(overview)
    if (text !== this.#overview) this.#send("overview", overview)
    this.#overview = text
  }

  #flush(): void {
    clearTimeout(this.#gathering)
    this.#gathering = undefined
    if (this.#full || !this.#changes.any) return
    const { flooded } = this.#changes
    const changes = this.#changes.take((post) => messageView(this.#world, post, this.#place.person))
    if (flooded) this.#send("chat", this.#messages())
    this.#send("changes", { ...changes, now: this.#world.clock.now() })
    if (flooded || changes.messages.length > 0) this.#sendOverview()
  }

  #tick(): void {
    if (this.#full) return
    this.#sendOverview()
    this.#send("tick", { now: this.#world.clock.now() })
  }

  #send(event: string, data: unknown): void {
    this.#full = !this.#response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  #close(): void {
    this.#stop()
    clearInterval(this.#ticks)
    clearTimeout(this.#gathering)
  }
}
