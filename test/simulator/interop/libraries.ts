import type { Library } from "./bot.ts"
import { grammyBot } from "./grammy.ts"
import { nodeTelegramBot } from "./node-telegram-bot-api.ts"
import { telegrafBot } from "./telegraf.ts"

export const libraries: readonly Library[] = [
  { name: "grammY", bot: grammyBot },
  { name: "Telegraf", bot: telegrafBot },
  { name: "node-telegram-bot-api", bot: nodeTelegramBot },
]
