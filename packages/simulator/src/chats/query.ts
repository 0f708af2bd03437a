import type { User } from "@grammyjs/types"

/** Something that a bot is to answer by its id, such as a pressed button. */
export interface Query {
  readonly id: string
  readonly kind: "callback" | "inline" | "shipping" | "pre_checkout" | "guest"
  readonly bot: number
  readonly from: User
  /** Unix milliseconds. */
  readonly createdAt: number
  /** The parameters of the method that answered it, such as `answerCallbackQuery`. */
  answer?: Record<string, unknown>
}
