import type { Random } from "../random.ts"
import type { Post } from "./post.ts"
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

/** A number of up to 18 digits, as text: the form that the ids of queries, polls and albums have. */
export function newNumber(random: Random): string {
  return `${random.integer(1, 999_999_999)}${String(random.integer(0, 999_999_999)).padStart(9, "0")}`
}

/** An id by which a bot can edit a message that was sent by inline mode. */
export function newInlineMessageId({ random, inlineMessages }: World, post?: Post): string {
  const id = `BAAAA${random.text(22)}`
  if (post) {
    post.inlineMessageId = id
    inlineMessages.set(id, post)
  }
  return id
}

function unused(draw: () => number, taken: (id: number) => boolean): number {
  for (;;) {
    const id = draw()
    if (!taken(id)) return id
  }
}
