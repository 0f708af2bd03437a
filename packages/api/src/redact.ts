/** How deep a chain of causes is followed. */
const DEPTH = 5

/** Takes the secret half of a bot's token out of texts and errors; the other half is the bot's id, which is public. */
export class Redaction {
  readonly #secret: string

  constructor(token: string) {
    this.#secret = token.slice(token.indexOf(":") + 1)
  }

  text(text: string): string {
    return text.replaceAll(this.#secret, "…")
  }

  /** A copy of what was thrown, with its message, stack, `code` and causes, and without any other property. */
  error(thrown: unknown, depth = 0): unknown {
    if (typeof thrown === "string") return this.text(thrown)
    if (!(thrown instanceof Error)) return undefined
    const { message, name, stack, cause } = thrown
    const copy = new Error(this.text(message))
    copy.name = this.text(name)
    if (stack !== undefined) copy.stack = this.text(stack)
    const { code } = thrown as { code?: unknown }
    if (typeof code === "string") Object.assign(copy, { code: this.text(code) })
    if (cause !== undefined && depth < DEPTH) copy.cause = this.error(cause, depth + 1)
    return copy
  }
}
