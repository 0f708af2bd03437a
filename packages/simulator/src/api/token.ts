import type { Bot } from "../bot.ts"
import type { World } from "../chats/world.ts"
import { ApiError } from "./error.ts"

/** How long a token may be. */
const LONGEST = 80
/** The first id that is too large for a bot. */
const IDS = 2n ** 54n

/**
 * Finds the bot of a token. Unless it is strict, the simulator makes a bot for any token that could be one's.
 *
 * @throws ApiError with the texts of the facts, 8.4
 */
export function botOfToken(token: string, world: World): Bot {
  const [id = "", secret] = token.split(":", 2)
  if (secret === undefined || token.startsWith("0") || token.length > LONGEST) throw invalid()
  if (!/^(?:0|-?[1-9]\d{0,18})$/.test(id)) throw new ApiError(421, "Misdirected Request: unallowed token specified")
  if (BigInt(id) <= 0n || BigInt(id) >= IDS) throw invalid()
  const bot = world.bots.get(Number(id))
  if (bot?.token === token) return bot
  if (bot || world.services.strict || !/^[^:]+:[\w-]{24,}$/.test(token)) throw new ApiError(401, "Unauthorized")
  return world.addBot(token)
}

function invalid(): ApiError {
  return new ApiError(401, "Unauthorized: invalid token specified")
}
