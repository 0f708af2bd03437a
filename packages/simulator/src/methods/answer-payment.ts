import type { ShippingOption } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import { Malformed, readOrRefuse, within } from "../text/refusal.ts"
import { answer } from "./answer.ts"
import { fieldsOf, list, need, required, textOf } from "./json.ts"
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

function shippingOptions(call: Call): ShippingOption[] {
  required(call, "shipping_options")
  const words = {
    broken: "can't parse shipping options JSON object",
    other: "expected an Array of shipping options",
  }
  const given = list(call, "shipping_options", words)
  const options = readOrRefuse(() => given.map(shippingOption), "Can't parse shipping option: ")
  if (options.length === 0) throw badRequest("there must be at least one shipping option")
  return options
}

function shippingOption(value: unknown): ShippingOption {
  const fields = fieldsOf(value)
  if (!fields) throw new Malformed("ShippingOption must be an Object")
  const id = textOf(need(fields, "id"))
  if (id === "") throw new Malformed("ShippingOption identifier must be non-empty")
  const title = textOf(need(fields, "title"))
  if (title === "") throw new Malformed("ShippingOption title must be non-empty")
  const prices = within("Can't parse shipping option prices: ", () => pricesOf(need(fields, "prices")))
  return { id, title, prices }
}
