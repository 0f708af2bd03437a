import type { WebhookInfo } from "@grammyjs/types"
import type { IncomingMessage, ServerResponse } from "node:http"
import type { Bot } from "../bot.ts"
import type { World } from "../chats/world.ts"
import { act } from "./actions.ts"
import { assetOf, respondAsset } from "./assets.ts"
import { readObject } from "./body.ts"
import { respondFile } from "./file.ts"
import { PageError, respond, respondJson } from "./respond.ts"
import { crossSite } from "./same-site.ts"
import { snapshot } from "./snapshot.ts"
import { type Place, State } from "./state.ts"
import { Stream } from "./stream.ts"

export interface PageOptions {
  /** What `getWebhookInfo` would answer for a bot. Without it the page shows no state of the webhook. */
  webhookInfo?: (bot: Bot) => WebhookInfo
}

/**
 * The chat page: who uses it is a person who talks to the bot, and sees each delivery and each call beside the chat.
 *
 * | path | what it is |
 * | --- | --- |
 * | `GET /` | the page, and its files beside it |
 * | `GET /events?person=…&peer=…` | what there is to show, then what changes ({@link Stream}) |
 * | `GET /state?person=…&peer=…&before=…` | the same once, with the messages before an id |
 * | `POST /actions` | `{ action, … }`: what a person does ({@link act}) |
 * | `GET /files/…` | a file that was sent, by its `file_id` |
 */
export class Page {
  readonly #world: World
  readonly #state: State

  constructor(world: World, options: PageOptions = {}) {
    this.#world = world
    this.#state = new State(world, options.webhookInfo ?? (() => undefined))
  }

  /** Answers a request; never rejects. Whatever is not the page's gets 404. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const reason = crossSite(request)
      if (reason !== undefined) throw new PageError(403, `Forbidden: ${reason}`)
      await this.#answer(request, response)
    } catch (error) {
      const status = error instanceof PageError ? error.status : 500
      if (response.headersSent) response.destroy()
      else respondJson(response, status, { error: error instanceof Error ? error.message : "failed" })
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [pathname = "", search] = (request.url ?? "").split("?", 2)
    const query = new URLSearchParams(search)
    if (pathname === "/actions") {
      if (request.method !== "POST") throw new PageError(405, "Method Not Allowed")
      return respondJson(response, 200, await act(this.#world, await readObject(request)))
    }
    if (request.method !== "GET") throw new PageError(405, "Method Not Allowed")
    const place = placeOf(query)
    if (pathname === "/events") return void new Stream(this.#world, this.#state, response, place)
    if (pathname === "/state") {
      const before = Number(query.get("before")) || undefined
      return respondJson(response, 200, snapshot(this.#world, this.#state, place, before))
    }
    if (pathname.startsWith("/files/")) return this.#file(response, pathname.slice("/files/".length))
    const asset = assetOf(pathname)
    return asset === undefined ? respond(response, 404, "text/plain", "Not Found") : respondAsset(response, asset)
  }

  #file(response: ServerResponse, id: string): void {
    const file = this.#world.files.byId(id)
    if (!file) throw new PageError(404, "Not Found")
    respondFile(response, file)
  }
}

function placeOf(query: URLSearchParams): Partial<Place> {
  const [person, peer] = ["person", "peer"].map((name) => Number(query.get(name)))
  return { ...(person && { person }), ...(peer && { peer }) }
}
