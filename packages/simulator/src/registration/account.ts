import { ApiError, badRequest, tooManyRequests } from "../api/error.ts"
import type { Bot } from "../bot.ts"

/** How long after it was loaded a bot cannot be closed, in milliseconds (facts, 8.6). */
const SETTLING = 10 * 60_000

/**
 * What comes before every call: a bot that was closed is loaded again, with its webhook and its updates (facts, 8.6).
 *
 * @param method as Telegram's documentation writes it
 * @throws ApiError if the bot logged out, or is to be closed a second time
 */
export function enter(bot: Bot, method: string): void {
  if (bot.state === "logged out") throw loggedOut()
  if (bot.state === "open") return
  if (method === "close") throw badRequest("the bot has already been closed")
  bot.state = "open"
  bot.loadedAt = bot.world.clock.now()
  bot.registration.resume()
}

/** `close`: unloads a bot until its next call. */
export function close(bot: Bot): void {
  const { clock, services } = bot.world
  const seconds = Math.trunc((bot.loadedAt + SETTLING - clock.now()) / 1000)
  // Bots that came with the server's own start are free to leave.
  if (seconds > 0 && bot.loadedAt > services.startedAt + SETTLING) throw tooManyRequests(seconds)
  bot.registration.pause()
  bot.polling.answer()
  bot.state = "closed"
}

/** `logOut`: the bot's webhook and its updates are gone, and so is its access. */
export function logOut(bot: Bot): void {
  bot.registration.pause(loggedOut())
  bot.registration.delete(true)
  bot.polling.answer()
  bot.state = "logged out"
}

function loggedOut(): ApiError {
  return new ApiError(400, "Logged out")
}
