import type { LabeledPrice } from "@grammyjs/types"

/** What a bot asked for with `sendInvoice`, beside what the message shows. */
export interface InvoiceTerms {
  /** The bot's own text, which comes back with the queries and the payment. */
  payload: string
  prices: LabeledPrice[]
  /** The price depends on where to: a `shipping_query` comes first. */
  is_flexible?: boolean
  need_name?: boolean
  need_phone_number?: boolean
  need_email?: boolean
  need_shipping_address?: boolean
  /** Seconds, of a subscription. */
  subscription_period?: number
}
