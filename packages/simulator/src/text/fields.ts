import { Malformed } from "./refusal.ts"

/** An object of a call's JSON, with Telegram's words for what is wrong with its fields. */
export class Fields {
  readonly #object: Readonly<Record<string, unknown>>

  constructor(object: object) {
    this.#object = object as Record<string, unknown>
  }

  /**
   * The fields of a value.
   *
   * @param otherwise what Telegram says if it is no object
   */
  static of(value: unknown, otherwise: string): Fields {
    if (!isObject(value)) throw new Malformed(otherwise)
    return new Fields(value)
  }

  /** The object itself. */
  toJSON(): object {
    return this.#object
  }

  get isEmpty(): boolean {
    return Object.keys(this.#object).length === 0
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#object, name)
  }

  /** Whatever it is, if it is there. */
  value(name: string): unknown {
    return this.#object[name]
  }

  /** Whatever it is; it must be there. */
  required(name: string): unknown {
    if (!this.has(name)) throw new Malformed(`Can't find field "${name}"`)
    return this.#object[name]
  }

  /** The text, also of a number; "" if there is none. */
  string(name: string): string {
    if (!this.has(name)) return ""
    const value = this.#object[name]
    if (typeof value === "string") return value
    if (typeof value === "number") return String(value)
    throw new Malformed(`Field "${name}" must be of type String`)
  }

  requiredString(name: string): string {
    this.required(name)
    return this.string(name)
  }

  /** A text that must not be empty; `otherwise` is what Telegram says if it is. */
  filled(name: string, otherwise: string): string {
    const text = this.requiredString(name)
    if (text === "") throw new Malformed(otherwise)
    return text
  }

  boolean(name: string): boolean {
    if (!this.has(name)) return false
    const value = this.#object[name]
    if (typeof value === "boolean") return value
    throw new Malformed(`Field "${name}" must be of type Boolean`)
  }

  /** A whole number, also as text. */
  integer(name: string): number {
    return Number(this.identifier(name))
  }

  /** A 64-bit number, digit by digit, also as text. */
  identifier(name: string): string {
    const value = this.required(name)
    if (typeof value !== "number" && typeof value !== "string") throw new Malformed(`Field "${name}" must be a Number`)
    if (!/^-?\d+$/.test(String(value))) throw new Malformed(`Field "${name}" must be a valid Number`)
    return String(value)
  }

  array(name: string): unknown[] {
    if (!this.has(name)) return []
    const value = this.#object[name]
    if (Array.isArray(value)) return value
    throw new Malformed(`Field "${name}" must be of type Array`)
  }

  object(name: string): Fields {
    const value = this.required(name)
    if (isObject(value)) return new Fields(value)
    throw new Malformed(`Field "${name}" must be of type Object`)
  }

  /** The fields of these names that there are. */
  pick(names: readonly string[]): Record<string, unknown> {
    return Object.fromEntries(names.filter((name) => this.has(name)).map((name) => [name, this.#object[name]]))
  }
}

/** Whether a value is what JSON writes in braces. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
