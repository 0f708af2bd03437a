import type { ShippingOption } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import { Fields } from "../text/fields.ts"
import { within } from "../text/refusal.ts"
import { answer } from "./answer.ts"
import { list, required } from "./json.ts"
import { pricesOf } from "./prices.ts"

export const answerPayment: Record<string, Method> = {
  answerShippingQuery: (call) => {
    const ok = call.parameters.boolean("ok")
    return answer(call, "shipping", ok ? { ok, shipping_options: shippingOptions(call) } : refused(call))
  },

  answerPreCheckoutQuery: (call) =>
    answer(call, "pre_checkout", call.parameters.boolean("ok") ? { ok: true } : refused(call)),
}

function refused(call: Call): Record<string, unknown> {
  return { ok: false, error_message: required(call, "error_message") }
}

const words = ["shipping options JSON object", "shipping options", "Can't parse shipping option: "] as const

function shippingOptions(call: Call): ShippingOption[] {
  required(call, "shipping_options")
  const options = list(call, "shipping_options", words, shippingOption)
  if (options.length === 0) throw badRequest("there must be at least one shipping option")
  return options
}

function shippingOption(value: unknown): ShippingOption {
  const fields = Fields.of(value, "ShippingOption must be an Object")
  const id = fields.filled("id", "ShippingOption identifier must be non-empty")
  const title = fields.filled("title", "ShippingOption title must be non-empty")
  const prices = within("Can't parse shipping option prices: ", () => pricesOf(fields.required("prices")))
  return { id, title, prices }
}
