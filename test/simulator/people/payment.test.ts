import type { Message } from "@grammyjs/types"
import type { Simulator } from "@hookgram/simulator"
import { expect, test } from "vitest"
import { call, curiousTelegram, impatient, newest, waitingKinds } from "./telegram.ts"

const pay = { text: "Pay", pay: true }

test("flexible price: shipping_query, pre_checkout_query, successful_payment", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const message = await invoice(telegram, await ana.start(), { is_flexible: true, need_name: true, need_email: true })
  const paying = ana.pay(message, { shippingOption: "fast", tip: 25 })
  const shipping = newest(telegram.bot, "shipping_query")
  expect(shipping).toMatchObject({ invoice_payload: "book-7", shipping_address: { country_code: "DE" } })
  const offer = (id: string, amount: number) => ({ id, title: id, prices: [{ label: id, amount }] })
  const shipping_options = [offer("slow", 100), offer("fast", 500)]
  await call(telegram, "answerShippingQuery", { shipping_query_id: shipping.id, ok: true, shipping_options })
  const checkout = await telegram.until(
    () => waitingKinds(telegram.bot).includes("pre_checkout_query") && newest(telegram.bot, "pre_checkout_query"),
  )
  const agreed = {
    currency: "EUR",
    total_amount: 975 + 500 + 25,
    invoice_payload: "book-7",
    shipping_option_id: "fast",
    order_info: { name: "Ana", email: expect.stringContaining("@"), shipping_address: shipping.shipping_address },
  }
  expect(checkout).toEqual({ id: expect.stringMatching(/^\d+$/), from: ana.user, ...agreed })
  await call(telegram, "answerPreCheckoutQuery", { pre_checkout_query_id: checkout.id, ok: true })
  const paid = await paying
  expect(paid.successful_payment).toMatchObject(agreed)
  expect(paid.successful_payment?.telegram_payment_charge_id).not.toBe("")
  expect(newest(telegram.bot, "message")).toEqual(paid)
})

test("a refusal reaches the person, and nothing is paid", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const message = await invoice(telegram, await ana.start())
  const paying = ana.pay(message)
  const { id } = newest(telegram.bot, "pre_checkout_query")
  const refusal = { pre_checkout_query_id: id, ok: false, error_message: "Sold out" }
  await Promise.all([
    expect(paying).rejects.toThrow("The bot refused the payment: Sold out"),
    call(telegram, "answerPreCheckoutQuery", refusal),
  ])
  expect(ana.messages.some(({ successful_payment }) => successful_payment)).toBe(false)
})

test("a bot that does not answer in time", async () => {
  const telegram = await curiousTelegram(impatient)
  const ana = telegram.user("Ana")
  const message = await invoice(telegram, await ana.start())
  await expect(ana.pay(message)).rejects.toThrow("@simulated_bot did not answer the pre_checkout_query.")
})

test("what is no invoice cannot be paid, and a pay button says how it is pressed", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  await expect(ana.pay(await ana.start())).rejects.toThrow("Message 1 is no invoice of a bot.")
  await invoice(telegram, ana.messages[0] as Message, { reply_markup: { inline_keyboard: [[pay]] } })
  await expect(ana.press("Pay")).rejects.toThrow('"Pay" is pressed by pay(message)')
})

test("paid media: the bot is told its payload when somebody buys it", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const chat_id = (await ana.start()).chat.id
  const media = [{ type: "photo", media: "https://example.com/a.jpg" }]
  await ana.buy(await call(telegram, "sendPaidMedia", { chat_id, star_count: 5, media }))
  expect(waitingKinds(telegram.bot)).not.toContain("purchased_paid_media")
  await ana.buy(await call(telegram, "sendPaidMedia", { chat_id, star_count: 5, media, payload: "album" }))
  expect(newest(telegram.bot, "purchased_paid_media")).toEqual({ from: ana.user, paid_media_payload: "album" })
})

function invoice(telegram: Simulator, { chat }: Message, more: Record<string, unknown> = {}): Promise<Message> {
  return call(telegram, "sendInvoice", {
    chat_id: chat.id,
    title: "Book",
    description: "Good",
    payload: "book-7",
    provider_token: "token",
    currency: "EUR",
    prices: [{ label: "Book", amount: 975 }],
    ...more,
  })
}
