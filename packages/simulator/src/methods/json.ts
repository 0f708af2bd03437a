import { badRequest } from "../api/error.ts"
import type { Call } from "../api/method.ts"
import { Malformed } from "../text/refusal.ts"

/** An object whose fields are not known to be there. */
export type Fields = Record<string, unknown>

/** A parameter that must not be missing or empty. */
export function required(call: Call, name: string): string {
  const text = call.parameters.text(name)
  if (text === "") throw badRequest(`parameter "${name}" is required`)
  return text
}

/** A parameter that is a JSON array. What is wrong with it is said in Telegram's words. */
export function list(call: Call, name: string, words: { broken: string; other: string }): unknown[] {
  const value = call.parameters.json(name)
  if (value === undefined) throw badRequest(words.broken)
  if (!Array.isArray(value)) throw badRequest(words.other)
  return value
}

/** The fields of a value, if it is an object. */
export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}

/** A field that must be there; throws {@link Malformed} if it is not. */
export function need(fields: Fields, name: string): unknown {
  if (fields[name] === undefined) throw new Malformed(`Can't find field "${name}"`)
  return fields[name]
}

/** A field that is text, or a number as text; else "". */
export function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : ""
}

/** The fields that have a value. */
export function defined<T extends object>(fields: T): { [name in keyof T]?: Exclude<T[name], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [name in keyof T]?: Exclude<T[name], undefined> }
}
