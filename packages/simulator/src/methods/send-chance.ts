import { badRequest } from "../api/error.ts"
import type { Method } from "../api/method.ts"
import { throwDice } from "../chats/dice.ts"
import { required } from "./json.ts"
import { send } from "./send.ts"

export const sendChance: Record<string, Method> = {
  sendDice: (call) => {
    const emoji = call.parameters.text("emoji") || "🎲"
    return send(call, () => {
      const dice = throwDice(call.world.random, emoji)
      if (!dice) throw badRequest("DICE_EMOJI_INVALID")
      return { dice }
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
