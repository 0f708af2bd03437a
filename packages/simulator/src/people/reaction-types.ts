import type { ReactionType } from "@grammyjs/types"

/** Reactions as Telegram's objects; a text is an emoji. */
export function reactionTypes(reactions: (string | ReactionType)[]): ReactionType[] {
  return reactions.map((reaction) =>
    typeof reaction === "string" ? ({ type: "emoji", emoji: reaction } as ReactionType) : reaction,
  )
}
