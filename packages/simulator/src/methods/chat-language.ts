import { badRequest } from "../api/error.ts"
import type { Call } from "../api/method.ts"

/** The language that a bot's texts are for, by its two letters; "" is for all that have no texts of their own. */
export function languageOf({ parameters }: Call): string {
  const language = parameters.text("language_code")
  if (!/^(?:[a-z]{2})?$/.test(language)) throw badRequest("invalid language code specified")
  return language
}
