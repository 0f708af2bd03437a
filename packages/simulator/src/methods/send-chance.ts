import type { Method } from "../api/method.ts"
import { badRequest } from "../api/error.ts"
import { required } from "./json.ts"
import { send } from "./send.ts"

/** How many values each dice has. */
const sides: Record<string, number> = { "🎲": 6, "🎯": 6, "🏀": 5, "⚽": 5, "🎳": 6, "🎰": 64 }

export const sendChance: Record<string, Method> = {
  sendDice: (call) => {
    const emoji = (call.parameters.text("emoji") || "🎲").replace("\uFE0F", "")
    return send(call, () => {
      const highest = sides[emoji]
      if (highest === undefined) throw badRequest("DICE_EMOJI_INVALID")
      return { dice: { emoji, value: call.world.random.integer(1, highest) } }
    })
  },

  sendGame: (call) => {
    const title = required(call, "game_short_name")
    const play = { text: `Play ${title}`, callback_game: {} }
    const own = call.parameters.text("reply_markup") === ""
    const game = { title, description: "", photo: [], text: "", text_entities: [] }
    return send(call, { game, ...(own && { reply_markup: { inline_keyboard: [[play]] } }) } as object)
  },
}
