/** One thing that is to be known of a webhook. */
export interface Finding {
  /** What it is, for programs. Stable. */
  readonly code: string
  /** `error`: updates do not arrive, or not all of them. `warning`: look at it. `info`: for your information. */
  readonly severity: "error" | "warning" | "info"
  /** What is the matter. */
  readonly cause: string
  /** What to do. */
  readonly fix: string
  /** What Telegram said. */
  readonly evidence?: string
}

/** An explanation of a text of Telegram's. */
export interface Explanation {
  readonly text: RegExp
  readonly code: string
  readonly cause: string
  readonly fix: string
}

/** The first explanation that fits. */
export function explain(text: string, explanations: readonly Explanation[]): Omit<Explanation, "text"> | undefined {
  const found = explanations.find((one) => one.text.test(text))
  return found && { code: found.code, cause: found.cause, fix: found.fix }
}
