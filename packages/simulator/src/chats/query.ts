import type { User } from "@grammyjs/types"
import type { Post } from "./post.ts"

/** Something that a bot is to answer by its id, such as a pressed button. */
export interface Query {
  readonly id: string
  readonly kind: "callback" | "inline" | "shipping" | "pre_checkout" | "guest"
  readonly bot: number
  readonly from: User
  /** Unix milliseconds. */
  readonly createdAt: number
  /** The message that a guest bot is asked about. */
  readonly post?: Post
  /** The parameters of the method that answered it, such as `answerCallbackQuery`: those that it read. */
  answer?: Record<string, unknown>
}
