import { PageError } from "./respond.ts"

/** The fields of what the page asks for; those that are missing or of the wrong type are refused with 400. */
export class Fields {
  readonly #body: Readonly<Record<string, unknown>>

  constructor(body: Readonly<Record<string, unknown>>) {
    this.#body = body
  }

  text(name: string): string {
    const value = this.#body[name]
    if (typeof value !== "string" || value === "") throw new PageError(400, `"${name}" must be a text.`)
    return value
  }

  integer(name: string): number {
    const value = this.optionalInteger(name)
    if (value === undefined) throw new PageError(400, `"${name}" must be a whole number.`)
    return value
  }

  optionalInteger(name: string): number | undefined {
    const value = this.#body[name]
    if (value !== undefined && !Number.isSafeInteger(value))
      throw new PageError(400, `"${name}" must be a whole number.`)
    return value as number | undefined
  }

  list(name: string, type: "string"): string[]
  list(name: string, type: "number"): number[]
  list(name: string, type: string): unknown[] {
    const value = this.#body[name]
    if (Array.isArray(value) && value.every((one) => typeof one === type)) return value
    throw new PageError(400, `"${name}" must be a list of ${type}s.`)
  }

  /** Of these names, the texts that are given. */
  given<N extends string>(...names: N[]): { [name in N]?: string } {
    const there = names.filter((name) => typeof this.#body[name] === "string" && this.#body[name] !== "")
    return Object.fromEntries(there.map((name) => [name, this.#body[name]])) as { [name in N]?: string }
  }
}
