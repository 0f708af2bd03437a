import type { Entity } from "./entity.ts"
import { checkedLink, linkedUser } from "./link.ts"

/** The entity of a link: none if Telegram does not take the address for one. */
export function entitiesOfLink(url: string, place: Pick<Entity, "offset" | "length">): Entity[] {
  const user = linkedUser(url)
  if (user !== undefined) return [{ type: "text_mention", ...place, user: { id: user } }]
  const checked = checkedLink(url)
  return checked === "" ? [] : [{ type: "text_link", ...place, url: checked }]
}
