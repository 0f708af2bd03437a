import type { WebhookInfo } from "@grammyjs/types"
import { createWebhook, type DedupStore, type Health, type Webhook, type WebhookOptions } from "@hookgram/core"
import { expect } from "vitest"

export const secretToken = "A-valid_secret-token-1"

export function webhookWith(options: Partial<WebhookOptions> = {}): Webhook {
  return createWebhook({ secretToken, handler: () => {}, ...options })
}

/** What Telegram says of a webhook that it has no trouble with. */
export function info(more: Partial<WebhookInfo> = {}): WebhookInfo {
  return {
    url: "https://bot.example.com/a-path-that-nobody-knows",
    has_custom_certificate: false,
    pending_update_count: 0,
    max_connections: 40,
    ip_address: "93.184.215.14",
    ...more,
  } as WebhookInfo
}

/** A Bot API whose answer a test changes, and that counts how often it was asked. */
export class Asked {
  times = 0
  answer: () => WebhookInfo | Promise<WebhookInfo>

  constructor(answer: () => WebhookInfo | Promise<WebhookInfo> = () => info()) {
    this.answer = answer
  }

  async getWebhookInfo(): Promise<WebhookInfo> {
    this.times++
    return this.answer()
  }
}

export function never<T>(): Promise<T> {
  return new Promise(() => {})
}

/** A store of which nothing is asked but whether it is there. */
export function storeThat(ping: () => Promise<unknown>): DedupStore {
  const unused = () => Promise.reject(new Error("This is not needed."))
  return { claim: unused, renew: unused, complete: unused, release: unused, ping }
}

/** Unix seconds, so many of them from now. */
export function seconds(fromNow: number): number {
  return Math.floor(Date.now() / 1000) + fromNow
}

/** What the report says is wrong, after a look at whether status and `healthy` say the same. */
export async function problems(health: Health): Promise<readonly string[]> {
  const report = await health.check()
  const answer = await health.respond("GET", "/")
  expect(answer?.status).toBe(report.healthy ? 200 : 503)
  expect(report.healthy).toBe(report.problems.length === 0)
  return report.problems
}
