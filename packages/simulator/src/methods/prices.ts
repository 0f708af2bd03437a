import type { LabeledPrice } from "@grammyjs/types"
import { Malformed, within } from "../text/refusal.ts"
import { fieldsOf, need, textOf } from "./json.ts"

/** Reads a list of `LabeledPrice`; throws {@link Malformed} if it is none. */
export function pricesOf(value: unknown): LabeledPrice[] {
  if (!Array.isArray(value)) throw new Malformed("Expected an Array of labeled prices")
  const prices = value.map((price) => within("Can't parse labeled price: ", () => priceOf(price)))
  if (prices.length === 0) throw new Malformed("There must be at least one price")
  return prices
}

function priceOf(value: unknown): LabeledPrice {
  const fields = fieldsOf(value)
  if (!fields) throw new Malformed("LabeledPrice must be an Object")
  const label = textOf(need(fields, "label"))
  if (label === "") throw new Malformed("LabeledPrice label must be non-empty")
  const amount = Number(need(fields, "amount"))
  if (!Number.isInteger(amount)) throw new Malformed('Field "amount" must be a valid Number')
  return { label, amount }
}
