import { HookgramError } from "./errors.ts"

/** What Telegram accepts as `secret_token`: facts, 5.1. The empty one is no secret at all. */
export const secretTokenFormat: RegExp = /^[A-Za-z0-9_-]{1,256}$/

/**
 * Compares in a time that depends on the length of `expected` alone, and not on where the two differ. A character that
 * is missing counts as 0 in the exclusive or.
 */
function equals(given: string, expected: string): boolean {
  let difference = given.length ^ expected.length
  for (let index = 0; index < expected.length; index++)
    difference |= given.charCodeAt(index) ^ expected.charCodeAt(index)
  return difference === 0
}

/** Whether `given` is one of `accepted`. All are compared, so that the time does not tell which one was near. */
export function matchesSecret(given: string, accepted: readonly string[]): boolean {
  let found = false
  for (const secret of accepted) found = equals(given, secret) || found
  return found
}

/**
 * Derives a secret token from the bot's token, so that a deployment needs no second secret: HMAC-SHA-256 of a fixed
 * text, keyed with the bot's token, in hexadecimal. The bot's token cannot be computed back from it.
 *
 * @param botToken the token from BotFather, `123456:ABC…`
 * @returns 64 characters that `setWebhook` accepts as `secret_token`
 * @throws HookgramError `invalid_options` when the text does not look like a bot's token
 * @example
 * const secretToken = await deriveSecretToken(process.env.BOT_TOKEN!)
 */
export async function deriveSecretToken(botToken: string): Promise<string> {
  if (!/^\d+:[\w-]+$/.test(botToken)) {
    throw new HookgramError("invalid_options", "deriveSecretToken wants the token from BotFather, such as 123456:ABC…")
  }
  const encoder = new TextEncoder()
  const algorithm = { name: "HMAC", hash: "SHA-256" }
  const key = await crypto.subtle.importKey("raw", encoder.encode(botToken), algorithm, false, ["sign"])
  const signature = await crypto.subtle.sign("HMAC", key, encoder.encode("hookgram webhook secret token"))
  return Array.from(new Uint8Array(signature), (byte) => byte.toString(16).padStart(2, "0")).join("")
}
