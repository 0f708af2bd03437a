import type { World } from "./world.ts"

/** The ids that Telegram might give; each is new, and the seed decides which. */
export function newUserId(world: World): number {
  return unused(
    () => world.random.integer(100_000_000, 8_500_000_000),
    (id) => world.users.has(id),
  )
}

/** Of a basic group. */
export function newGroupId(world: World): number {
  return unused(
    () => -world.random.integer(100_000_000, 5_200_000_000),
    (id) => world.chats.has(id),
  )
}

/** Of a supergroup or channel. */
export function newChannelId(world: World): number {
  return unused(
    () => -1_000_000_000_000 - world.random.integer(1_000_000_000, 2_999_999_999),
    (id) => world.chats.has(id),
  )
}

function unused(draw: () => number, taken: (id: number) => boolean): number {
  for (;;) {
    const id = draw()
    if (!taken(id)) return id
  }
}
