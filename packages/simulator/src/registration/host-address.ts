import type { World } from "../chats/world.ts"
import type { Timer } from "../clock/clock.ts"
import { badWebhook, checkAddress } from "./request.ts"

/** How long until a host is looked up anew, in seconds from and to (facts, 5.3). */
const AGAIN = [30 * 60, 33 * 60] as const
const AFTER_RESTART = [0, 30 * 60] as const

/**
 * The address at which a host's webhook can be set.
 *
 * @throws ApiError as `setWebhook` does
 */
export async function findAddress(host: string, { services }: World): Promise<string> {
  const address = await services.names.resolve(host).catch((error: unknown) => {
    throw badWebhook(`Failed to resolve host: ${(error as Error).message}`)
  })
  checkAddress(address, services.strict)
  return address
}

/**
 * Looks a host up anew again and again, until cancelled. Where it fails, or is not allowed, the old address stays.
 *
 * @param found called with each address, be it a new one or not
 */
export function followAddress(
  host: string,
  world: World,
  found: (address: string) => void,
  { restarted }: { restarted: boolean },
): Timer {
  let timer: Timer
  let isCancelled = false
  const wait = ([low, high]: readonly [number, number]) => {
    timer = world.clock.after(world.random.integer(low, high) * 1000, () => void look())
  }
  const look = async () => {
    const address = await findAddress(host, world).catch(() => undefined)
    if (isCancelled) return
    if (address !== undefined) found(address)
    wait(AGAIN)
  }
  wait(restarted ? AFTER_RESTART : AGAIN)
  return {
    cancel() {
      isCancelled = true
      timer.cancel()
    },
  }
}
