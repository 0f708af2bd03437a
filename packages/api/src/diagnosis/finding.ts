/** What something that Telegram says means. */
export interface Explanation {
  /** What it is, for programs. Stable. */
  readonly code: string
  /** What is the matter. */
  readonly cause: string
  /** What to do. */
  readonly fix: string
}

/** One thing that is to be known of a webhook. */
export interface Finding extends Explanation {
  /** `error`: updates do not arrive, or not all of them. `warning`: look at it. `info`: for your information, or over. */
  readonly severity: "error" | "warning" | "info"
  /** What Telegram said. */
  readonly evidence?: string | undefined
  /** When it was, if that is known. */
  readonly at?: Date | undefined
}

/** What the texts that fit mean. */
export interface TextExplanation extends Explanation {
  readonly text: RegExp
}

/** The first explanation that fits. */
export function explain(text: string, explanations: readonly TextExplanation[]): Explanation | undefined {
  const found = explanations.find((one) => one.text.test(text))
  return found && { code: found.code, cause: found.cause, fix: found.fix }
}
