import type { Server } from "node:http"

export const path = "/telegram"
export const secretToken = "A-valid_secret-token-1"

/** How often a handler was called: whoever answers 200 without handling has not done the work. */
export const handled = { count: 0 }

/** The handler of every subject. */
export async function handler(_update: unknown): Promise<void> {
  handled.count++
}

/** Makes the server of each subject. Each loads its libraries itself, so that a server has no other in its memory. */
export type Applications = Readonly<Record<string, () => Promise<Server>>>

const botToken = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

/** Given to the libraries, so that they need not ask Telegram who the bot is. */
const botInfo = {
  id: 123456,
  is_bot: true as const,
  first_name: "Bench",
  username: "bench_bot",
  can_join_groups: true,
  can_read_all_group_messages: false,
  can_manage_bots: false,
  supports_inline_queries: false,
  supports_join_request_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
}

export async function grammyBot() {
  const { Bot, webhookCallback } = await import("grammy")
  const bot = new Bot(botToken, { botInfo })
  bot.use((context) => handler(context.update))
  return { bot, webhookCallback }
}

export async function telegrafBot() {
  const { Telegraf } = await import("telegraf")
  const bot = new Telegraf(botToken)
  bot.botInfo = botInfo
  bot.use((context) => handler(context.update))
  return bot
}
