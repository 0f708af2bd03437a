import type { World } from "../chats/world.ts"
import type { Delivery } from "../journal.ts"
import type { Overview, Place, State } from "./state.ts"
import { type CallView, callView, type MessageView } from "./views.ts"

/** All that a page shows. */
export interface Snapshot extends Overview {
  /** Of the chat, oldest first. */
  messages: MessageView[]
  /** Whether there are messages before these. */
  older: boolean
  deliveries: Delivery[]
  calls: CallView[]
  /** Telegram's time, in Unix milliseconds. */
  now: number
}

/** How many deliveries and calls are in it. */
const NEWEST = 200

/** What there is where no chat was chosen. */
export const noMessages: Pick<Snapshot, "messages" | "older"> = { messages: [], older: false }

/** @param before the id of the message whose predecessors are wanted */
export function snapshot(world: World, state: State, { person, peer }: Partial<Place>, before?: number): Snapshot {
  return {
    ...state.overview({ person, peer }),
    ...(person === undefined || peer === undefined ? noMessages : state.messages({ person, peer }, before)),
    deliveries: world.journal.deliveries.slice(-NEWEST),
    calls: world.journal.calls.slice(-NEWEST).map(callView),
    now: world.clock.now(),
  }
}
