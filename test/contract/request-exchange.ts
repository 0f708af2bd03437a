import type { Update, WebhookOptions } from "@hookgram/core"
import { expect } from "vitest"
import type { Application } from "../support/application.ts"
import type { WireAnswer } from "../support/connection.ts"

/** What a case is given to start an application with. */
export type Start = (options?: Partial<WebhookOptions>) => Promise<Application>

/** Starts an application and notes what its handler gets. */
export async function startNoting(
  start: Start,
  options: Partial<WebhookOptions> = {},
): Promise<Application & { readonly handled: readonly Update[] }> {
  const handled: Update[] = []
  const application = await start({
    ...options,
    handler: (update: Update) => {
      handled.push(update)
    },
  })
  return { ...application, handled }
}

/** Sends a request on a connection of its own and gives back the answer. */
export async function exchange(application: Application, request: string | Buffer): Promise<WireAnswer> {
  const connection = await application.connect()
  connection.write(request)
  const answer = await connection.answer()
  connection.destroy()
  return answer
}

/** Sends a request and expects that it is refused for good: an answer without a body, and the connection closed. */
export async function expectRejection(
  application: Application,
  request: string | Buffer,
  status: number,
): Promise<WireAnswer> {
  const connection = await application.connect()
  connection.write(request)
  const answer = await connection.answer()
  expect(answer.status).toBe(status)
  expectNoBody(answer)
  expect(answer.headers["connection"]).toBe("close")
  await connection.closed()
  expect(connection.unread).toBe("")
  return answer
}

/** Expects an answer that Telegram's parser takes as one without a body: facts, 3.1. */
export function expectNoBody(answer: WireAnswer): void {
  expect(answer.body).toBe("")
  expect(answer.headers["transfer-encoding"]).toBeUndefined()
  expect(answer.headers["content-length"] ?? "0").toBe("0")
}
