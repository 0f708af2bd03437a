import { type IncomingHttpHeaders, request as requestPlain, type RequestOptions } from "node:http"
import { request as requestSecure } from "node:https"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import type { Update } from "@hookgram/core"
import { serve, type ServedWebhook, type ServeOptions } from "@hookgram/node"
import { onTestFinished } from "vitest"
import { recordedUpdate } from "../support/updates.ts"

export const secretToken = "A-valid_secret-token-1"

export const update: Update = recordedUpdate("message-59-text-hello")

/** A server on a free port of the loopback, closed when the test is over; it leaves signals to vitest. */
export async function served(options: Partial<ServeOptions> = {}): Promise<ServedWebhook> {
  const place = options.socket === undefined ? { host: "127.0.0.1", port: 0 } : {}
  const handler = options.bot ? undefined : () => {}
  const server = await serve({ secretToken, signals: false, drainTimeout: 0, ...place, handler, ...options })
  onTestFinished(() => server.close().catch(() => {})) // that it fails is for the test that makes it fail
  return server
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

type Asked = RequestOptions & { readonly body?: string; readonly ca?: string }

/** A request on a connection of its own, also at a unix socket, or with a certificate that is to be trusted. */
export function ask(url: string, { body, ...options }: Asked = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = url.startsWith("https:") ? requestSecure : requestPlain
    const sent = request(url, { agent: false, ...options }, async (response) => {
      const { statusCode = 0, headers } = response
      resolve({ status: statusCode, headers, body: await text(response) })
    })
    sent.on("error", reject).end(body)
  })
}

/** Delivers an update as Telegram does. */
export function deliver(url: string, options: Asked & { readonly secret?: string } = {}): Promise<Answer> {
  const { secret = secretToken, ...rest } = options
  const headers = {
    "content-type": "application/json",
    connection: "keep-alive",
    "x-telegram-bot-api-secret-token": secret,
  }
  return ask(url, { method: "POST", body: JSON.stringify(update), ...rest, headers: { ...headers, ...rest.headers } })
}

/** A folder that is removed when the test is over. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "hookgram-serve-"))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

/** The same server, asked at another path. */
export function at({ url }: ServedWebhook, path: string): string {
  return new URL(path, url).href
}
