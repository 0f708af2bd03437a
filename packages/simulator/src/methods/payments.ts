import type { Invoice, LabeledPrice, Message, SuccessfulPayment } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import type { Chat } from "../chats/chat.ts"
import { type InvoiceTerms, payButton, total } from "../chats/invoice.ts"
import { readOrRefuse } from "../text/refusal.ts"
import { json, required } from "./json.ts"
import { pricesOf } from "./prices.ts"
import { sendPost } from "./send.ts"

export const payments: Record<string, Method> = {
  sendInvoice: (call) => {
    const { invoice, terms } = invoiceOf(call)
    const post = sendPost(call, () => {
      checkInvoice(call, invoice, terms.prices)
      return { invoice, reply_markup: payButton(invoice) }
    })
    post.invoice = terms
    return post.message
  },

  createInvoiceLink: (call): string => {
    const { invoice, terms } = invoiceOf(call)
    checkInvoice(call, invoice, terms.prices)
    return `https://t.me/$${call.world.random.text(16)}`
  },

  refundStarPayment: (call): true => {
    const user = call.parameters.integer("user_id")
    if (user <= 0) throw badRequest("invalid user_id specified")
    const charge = required(call, "telegram_payment_charge_id")
    const payment = paymentOf(call, user, charge)
    if (payment?.currency !== "XTR") throw badRequest("CHARGE_ID_INVALID")
    const chat = call.bot.privateChats.get(user)
    if (messages(chat).some((message) => message.refunded_payment?.telegram_payment_charge_id === charge)) {
      throw badRequest("CHARGE_ALREADY_REFUNDED")
    }
    const { invoice_payload, total_amount } = payment
    const refund = { currency: "XTR" as const, total_amount, invoice_payload, telegram_payment_charge_id: charge }
    const from = call.world.users.get(user)
    if (chat) call.world.post(chat, from ? { user: from } : {}, { refunded_payment: refund })
    return true
  },
}

function invoiceOf(call: Call): { invoice: Invoice; terms: InvoiceTerms } {
  const { parameters } = call
  const [title, description] = [required(call, "title"), required(call, "description")]
  const [payload, currency] = [required(call, "payload"), required(call, "currency")]
  required(call, "prices")
  const given = json(call, "prices", "prices JSON object")
  const prices = readOrRefuse(() => pricesOf(given))
  const total_amount = total(prices)
  const period = parameters.integer("subscription_period")
  const flags = ["is_flexible", "need_name", "need_phone_number", "need_email", "need_shipping_address"]
  const asked = Object.fromEntries(flags.filter((name) => parameters.boolean(name)).map((name) => [name, true]))
  return {
    invoice: { title, description, start_parameter: parameters.text("start_parameter"), currency, total_amount },
    terms: { payload, prices, ...asked, ...(period > 0 && { subscription_period: period }) },
  }
}

function checkInvoice({ parameters }: Call, { currency, total_amount }: Invoice, prices: LabeledPrice[]): void {
  if (!/^[A-Z]{3}$/.test(currency)) throw badRequest("CURRENCY_INVALID")
  if (currency === "XTR" && prices.length !== 1) throw badRequest("STARS_INVOICE_INVALID")
  if (currency !== "XTR" && parameters.text("provider_token") === "") throw badRequest("PAYMENT_PROVIDER_INVALID")
  if (total_amount <= 0) throw badRequest("CURRENCY_TOTAL_AMOUNT_INVALID")
  if (Buffer.byteLength(parameters.text("payload")) > 128) throw badRequest("INVOICE_PAYLOAD_INVALID")
}

/** What somebody paid to this bot, in whichever chat. */
function paymentOf({ bot, world }: Call, user: number, charge: string): SuccessfulPayment | undefined {
  const chats = [...bot.privateChats.values(), ...world.chats.values()]
  const paid = chats.flatMap(messages).filter(({ from }) => from?.id === user)
  return paid.find((message) => message.successful_payment?.telegram_payment_charge_id === charge)?.successful_payment
}

function messages(chat: Chat | undefined): Message[] {
  return chat?.messages ?? []
}
