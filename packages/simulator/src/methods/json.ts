import { badRequest } from "../api/error.ts"
import type { Call } from "../api/method.ts"
import { Fields, isObject } from "../text/fields.ts"
import { readOrRefuse, refusal } from "../text/refusal.ts"

/** A parameter that must not be missing or empty. */
export function required(call: Call, name: string): string {
  const text = call.parameters.text(name)
  if (text === "") throw badRequest(`parameter "${name}" is required`)
  return text
}

/** The value of a parameter that is JSON; `what` Telegram calls it if it is none. */
export function json({ parameters }: Call, name: string, what: string): unknown {
  const value = parameters.json(name)
  if (value === undefined) throw badRequest(`can't parse ${what}`)
  return value
}

/** What Telegram calls a list, and the items in it; and what it says first if one of these is wrong. */
export type ListWords = readonly [list: string, items: string, prefix?: string]

/** A parameter that is a JSON array, each item of it read. */
export function list<T>(call: Call, name: string, [what, items, prefix]: ListWords, read: (item: unknown) => T): T[] {
  const value = json(call, name, what)
  if (!Array.isArray(value)) throw badRequest(`expected an Array of ${items}`)
  return readOrRefuse(() => value.map((item: unknown) => read(item)), prefix)
}

/** A parameter that is a JSON object; `what` Telegram calls it if it is none. */
export function object(call: Call, name: string, what: string): Fields {
  const value = json(call, name, `${what} JSON object`)
  if (!isObject(value)) throw refusal(`Object expected as ${what}`)
  return new Fields(value)
}
