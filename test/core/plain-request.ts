import type { WebhookRequest } from "@hookgram/core"

/** What a test wants to be different from a delivery as Telegram sends it. */
export interface PlainRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly address?: string | undefined
  /** The body, or a function that makes or refuses it. */
  readonly body?: unknown
}

export const secretToken = "A-valid_secret-token-1"

/** A request as plain data, without any framework. Headers are those of facts, 1.1. */
export function plainRequest(request: PlainRequest = {}): WebhookRequest {
  const { method = "POST", headers = {}, body } = request
  const address = "address" in request ? request.address : "149.154.167.50"
  const all: Readonly<Record<string, string>> = {
    "x-telegram-bot-api-secret-token": secretToken,
    "content-type": "application/json",
    ...headers,
  }
  return {
    method,
    header: (name) => all[name],
    address: () => address,
    body: async () => (typeof body === "function" ? (body as () => unknown)() : body),
  }
}
