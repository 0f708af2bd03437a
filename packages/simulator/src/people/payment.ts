import type {
  Message,
  OrderInfo,
  PreCheckoutQuery,
  ShippingOption,
  ShippingQuery,
  SuccessfulPayment,
} from "@grammyjs/types"
import type { Bot } from "../bot.ts"
import { type InvoiceTerms, total } from "../chats/invoice.ts"
import type { Post } from "../chats/post.ts"
import type { Query } from "../chats/query.ts"
import { unixTime } from "../clock/clock.ts"
import { botOf, type Place, publish } from "./place.ts"
import { silence, waitFor, type Waiting } from "./time-out.ts"

/** How somebody pays. */
export interface PaymentOptions extends Waiting {
  /** What they fill in. Default: what the invoice asks for, invented. */
  orderInfo?: OrderInfo
  /** The id of the way to ship that they choose. Default: the first one that the bot offers. */
  shippingOption?: string
  /** In the smallest units of the currency. Default 0. */
  tip?: number
}

/** What the answer to a query about a payment says. */
interface Answer {
  ok?: boolean
  error_message?: string
  shipping_options?: ShippingOption[]
}

/**
 * Pays an invoice: `shipping_query` if the price depends on where to, then `pre_checkout_query`, and when the bot has agreed
 * to both, `successful_payment`.
 */
export async function pay(place: Place, post: Post, options: PaymentOptions): Promise<Message> {
  const { world, user } = place
  const bot = botOf(place, post)
  const { invoice } = post.message
  if (!invoice || !bot) throw new Error(`Message ${post.id} is no invoice of a bot.`)
  const terms: InvoiceTerms = post.invoice ?? { payload: "", prices: [] }
  const invoice_payload = terms.payload
  const order = options.orderInfo ?? invented(place, terms)
  let shipping: ShippingOption | undefined
  if (terms.is_flexible) {
    const shipping_address = order.shipping_address ?? address
    const content: Omit<ShippingQuery, "id"> = { from: user, invoice_payload, shipping_address }
    const { shipping_options: offered } = await ask(place, bot, "shipping", content, options)
    shipping = offered?.find(({ id }) => id === (options.shippingOption ?? id))
    if (!shipping) throw new Error(`The bot does not offer to ship by ${options.shippingOption ?? "any way"}.`)
  }
  const agreed = {
    currency: invoice.currency,
    total_amount: invoice.total_amount + total(shipping?.prices ?? []) + (options.tip ?? 0),
    invoice_payload,
    ...(shipping && { shipping_option_id: shipping.id }),
    ...(Object.keys(order).length > 0 && { order_info: order }),
  }
  const content: Omit<PreCheckoutQuery, "id"> = { from: user, ...agreed }
  await ask(place, bot, "pre_checkout", content, options)
  const successful_payment: SuccessfulPayment = {
    ...agreed,
    ...(terms.subscription_period !== undefined && {
      subscription_expiration_date: unixTime(world.clock) + terms.subscription_period,
      is_recurring: true,
      is_first_recurring: true,
    }),
    telegram_payment_charge_id: world.random.text(40),
    provider_payment_charge_id:
      invoice.currency === "XTR" ? `${user.id}_${world.random.integer(1, 9)}` : world.random.text(27),
  }
  return publish(place, { successful_payment }).message
}

/** Asks the bot, and fails with its `error_message` if it does not agree. */
async function ask(
  place: Place,
  bot: Bot,
  kind: "shipping" | "pre_checkout",
  content: object,
  waiting: Waiting,
): Promise<Answer> {
  const { world, user } = place
  const query: Query = world.newQuery({ kind, bot: bot.id, from: user })
  bot.emit(`${kind}_query`, { id: query.id, ...content })
  const why = () => `@${bot.user.username} did not answer the ${kind}_query. ${silence(place)}`
  const answer: Answer = await waitFor(world, waiting, () => query.answer, why)
  if (answer.ok !== true) throw new Error(`The bot refused the payment: ${answer.error_message ?? "without a reason"}`)
  return answer
}

/** Where the people of the simulator live. */
const address = {
  country_code: "DE",
  state: "",
  city: "Berlin",
  street_line1: "Musterstraße 1",
  street_line2: "",
  post_code: "10115",
}

/** What somebody fills in if a test does not say. */
function invented({ user }: Place, terms: InvoiceTerms): OrderInfo {
  return {
    ...(terms.need_name && { name: user.first_name }),
    ...(terms.need_phone_number && { phone_number: `999${user.id}` }),
    ...(terms.need_email && { email: `user${user.id}@example.com` }),
    ...((terms.need_shipping_address || terms.is_flexible) && { shipping_address: address }),
  }
}

/** Buys the photos and videos of a message. The bot is told of it if it gave them a payload and the chat is no channel. */
export function buyMedia(place: Place, post: Post): void {
  const { chat, message, paidMediaPayload } = post
  if (!message.paid_media) throw new Error(`Message ${message.message_id} has no paid media.`)
  if (!paidMediaPayload || chat.type === "channel") return
  botOf(place, post)?.emit("purchased_paid_media", { from: place.user, paid_media_payload: paidMediaPayload })
}
