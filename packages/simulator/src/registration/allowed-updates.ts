import type { Parameters } from "../api/parameters.ts"
import type { Bot } from "../bot.ts"
import { allowedByDefault, kindNames } from "../updates/kinds.ts"

/** Changes which kinds a bot is told of, as `setWebhook` and `getUpdates` both do (facts, 5.5). */
export function applyAllowedUpdates(bot: Bot, parameters: Parameters): void {
  bot.allowed = readAllowedUpdates(parameters.json("allowed_updates")) ?? bot.allowed
}

/** What `getWebhookInfo` shows of it: nothing if it is the default set. */
export function showAllowedUpdates(allowed: ReadonlySet<string>): string[] | undefined {
  const isDefault = allowed.size === allowedByDefault.size && [...allowed].every((name) => allowedByDefault.has(name))
  return isDefault ? undefined : kindNames.filter((name) => allowed.has(name) && !name.startsWith("custom_"))
}

/** @returns `undefined` when nothing is to change: it is missing, or not a list of strings */
function readAllowedUpdates(value: unknown): ReadonlySet<string> | undefined {
  if (!Array.isArray(value) || !value.every((name) => typeof name === "string")) return undefined
  const wanted = new Set(value.map((name) => name.toLowerCase()))
  const known = kindNames.filter((name) => wanted.has(name))
  return known.length > 0 ? new Set(known) : allowedByDefault
}
