import type { InlineKeyboardMarkup, Invoice, LabeledPrice } from "@grammyjs/types"

/** What a bot asks for with an invoice, beside what the message shows. */
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

/** What a sum of prices is, in the smallest units of the currency. */
export function total(prices: readonly LabeledPrice[]): number {
  return prices.reduce((sum, { amount }) => sum + amount, 0)
}

/** The button that Telegram gives an invoice that has no buttons. */
export function payButton({ currency, total_amount }: Invoice): InlineKeyboardMarkup {
  return { inline_keyboard: [[{ text: `Pay ${price(currency, total_amount)}`, pay: true }]] }
}

function price(currency: string, amount: number): string {
  if (currency === "XTR") return `⭐️${amount}`
  if (!/^[A-Z]{3}$/.test(currency)) return `${amount} ${currency}`
  const format = new Intl.NumberFormat("en", { style: "currency", currency })
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}
