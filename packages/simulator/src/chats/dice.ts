import type { Dice } from "@grammyjs/types"
import type { Random } from "../random.ts"

/** How many values the dice of each emoji have. */
const sides: Readonly<Record<string, number>> = { "🎲": 6, "🎯": 6, "🏀": 5, "⚽": 5, "🎳": 6, "🎰": 64 }

/** Throws the dice of an emoji, if there is one. */
export function throwDice(random: Random, emoji: string): Dice | undefined {
  // Keyboards add a variation selector to the ball, Telegram has it without.
  const bare = emoji.replace("\uFE0F", "")
  const highest = sides[bare]
  return highest === undefined ? undefined : { emoji: bare, value: random.integer(1, highest) }
}
