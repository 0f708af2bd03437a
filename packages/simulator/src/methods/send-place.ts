import type { Location, Message } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import { defined } from "../chats/defined.ts"
import { required } from "./json.ts"
import { send } from "./send.ts"

export const sendPlace: Record<string, Method> = {
  sendLocation: (call) => send(call, { location: { ...locationOf(call), ...movement(call) } }),

  sendVenue: (call) => {
    const location = locationOf(call)
    const text = (name: string) => call.parameters.text(name)
    const optional = ["foursquare_id", "foursquare_type", "google_place_id", "google_place_type"]
    const known = Object.fromEntries(optional.map((name) => [name, text(name)]).filter(([, value]) => value))
    // Programs from before there were venues look for a location.
    return send(call, { location, venue: { location, title: text("title"), address: text("address"), ...known } })
  },

  sendContact: (call) => {
    const phone_number = required(call, "phone_number").replace(/^\+/, "")
    const first_name = required(call, "first_name")
    const [last_name, vcard] = [call.parameters.text("last_name"), call.parameters.text("vcard")]
    return send(call, {
      contact: { phone_number, first_name, ...(last_name && { last_name }), ...(vcard && { vcard }) },
    })
  },
}

/** The point that a call names. */
export function locationOf({ parameters }: Call): Location {
  const [latitude, longitude] = [parameters.text("latitude").trim(), parameters.text("longitude").trim()]
  if (latitude === "") throw badRequest("latitude is empty")
  if (longitude === "") throw badRequest("longitude is empty")
  const accuracy = Number.parseFloat(parameters.text("horizontal_accuracy"))
  return {
    latitude: Number.parseFloat(latitude) || 0,
    longitude: Number.parseFloat(longitude) || 0,
    ...(accuracy > 0 && { horizontal_accuracy: accuracy }),
  }
}

/** What a call says of a live location beside the point. */
export function movement({ parameters }: Call): Partial<Location> {
  const number = (name: string) => parameters.integer(name) || undefined
  return defined({
    live_period: number("live_period"),
    heading: number("heading"),
    proximity_alert_radius: number("proximity_alert_radius"),
  })
}

/** Whether a message shows where somebody is, still. */
export function isLive({ date, location }: Message, now: number): boolean {
  return location?.live_period !== undefined && now - date < location.live_period
}
