import { request } from "node:http"
import { once } from "node:events"
import { text } from "node:stream/consumers"
import type { Snapshot } from "../../../packages/simulator/src/page/snapshot.ts"
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from "node:http"

/** What events tell; each holds only a part. */
export interface News extends Snapshot {
  deleted: number[]
}

/** An answer that was read to its end. */
export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** Makes a request with exactly these headers. */
export async function call(
  url: string,
  { body, ...options }: { method?: string; path?: string; headers?: OutgoingHttpHeaders; body?: string } = {},
): Promise<Answer> {
  const sent = request(url, { ...options, agent: false })
  sent.on("error", () => undefined)
  sent.end(body)
  const [response] = (await once(sent, "response")) as [IncomingMessage]
  return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) }
}

/** Does something as the page would. */
export async function act(url: string, fields: object): Promise<Record<string, unknown> & { status: number }> {
  const headers = { "content-type": "application/json" }
  const { status, body } = await call(`${url}/actions`, { method: "POST", headers, body: JSON.stringify(fields) })
  return { ...(JSON.parse(body) as object), status }
}

/** The server-sent events of a page, as they come. */
export class Events {
  readonly received: { event: string; data: News }[] = []
  readonly #abort = new AbortController()

  constructor(url: string) {
    void this.#read(url).catch(() => undefined)
  }

  close(): void {
    this.#abort.abort()
  }

  /** The first event from now on, or before, that is this one. */
  async find(event: string, check: (data: News) => boolean = () => true): Promise<News> {
    for (;;) {
      const found = this.received.find((one) => one.event === event && check(one.data))
      if (found) return found.data
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  async #read(url: string): Promise<void> {
    const response = await fetch(url, { signal: this.#abort.signal })
    let rest = ""
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split("\n\n")
      rest = blocks.pop() ?? ""
      for (const block of blocks) {
        const event = /^event: (.*)$/m.exec(block)?.[1]
        if (event) this.received.push({ event, data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? "null") })
      }
    }
  }
}
