import type { Message } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import { unixTime } from "../clock/clock.ts"
import { edit } from "./edit.ts"
import { isLive, locationOf, movement } from "./send-place.ts"

/** A live location that has no end. */
const FOREVER = 0x7fff_ffff

export const editLocation: Record<string, Method> = {
  editMessageLiveLocation: (call) => {
    const point = locationOf(call)
    return edit(call, {
      drops: ["location"],
      made: ({ message }) => {
        const live_period = newPeriod(call, live(call, message))
        return { location: { ...point, ...movement(call), live_period } }
      },
    })
  },

  stopMessageLiveLocation: (call) =>
    edit(call, {
      drops: ["location"],
      made: ({ message }) => {
        const { latitude, longitude, horizontal_accuracy } = live(call, message)
        return { location: { latitude, longitude, ...(horizontal_accuracy && { horizontal_accuracy }) } }
      },
    }),
}

function live(call: Call, message: Message): NonNullable<Message["location"]> {
  if (!message.location || message.venue) throw badRequest("there is no live location in the message to edit")
  if (!isLive(message, unixTime(call.world.clock))) throw badRequest("message can't be edited")
  return message.location
}

/** How long the location is shared, counted from when the message was sent. */
function newPeriod({ parameters }: Call, { live_period = FOREVER }: NonNullable<Message["location"]>): number {
  return parameters.integer("live_period") || live_period
}
