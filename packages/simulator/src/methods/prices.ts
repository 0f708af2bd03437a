import type { LabeledPrice } from "@grammyjs/types"
import { Fields } from "../text/fields.ts"
import { Malformed, within } from "../text/refusal.ts"

/** Reads a list of `LabeledPrice`; throws {@link Malformed} if it is none. */
export function pricesOf(value: unknown): LabeledPrice[] {
  if (!Array.isArray(value)) throw new Malformed("Expected an Array of labeled prices")
  const prices = value.map((price) => within("Can't parse labeled price: ", () => priceOf(price)))
  if (prices.length === 0) throw new Malformed("There must be at least one price")
  return prices
}

function priceOf(value: unknown): LabeledPrice {
  const fields = Fields.of(value, "LabeledPrice must be an Object")
  return { label: fields.filled("label", "LabeledPrice label must be non-empty"), amount: fields.integer("amount") }
}
