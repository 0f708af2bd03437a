import { badRequest } from "../api/error.ts"
import type { Call } from "../api/method.ts"
import { list } from "./json.ts"

const MOST = 100

/** The `message_ids` of a call. */
export function messageIds(call: Call): number[] {
  if (call.parameters.text("message_ids") === "") throw badRequest("message identifiers are not specified")
  const words = ["message_ids JSON object", "message identifiers"] as const
  const ids = list(call, "message_ids", words, messageId)
  if (ids.length > MOST) throw badRequest("too many message identifiers specified")
  if (ids.length === 0) throw badRequest("message identifiers are not specified")
  return ids
}

function messageId(given: unknown): number {
  if (typeof given !== "number" && typeof given !== "string") throw badRequest("message identifier must be a Number")
  const id = Number(given)
  if (!Number.isInteger(id)) throw badRequest("can't parse message identifier as a Number")
  if (id <= 0) throw badRequest("invalid message identifier specified")
  return id
}
