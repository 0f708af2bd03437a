import type { WebhookOptions } from "@hookgram/core"
import type { Application } from "../support/application.ts"

/** One rule of the contract that every mount keeps. */
export interface ContractCase {
  /** Stable and short, in kebab-case: a mount that cannot do a case names it by this. */
  readonly id: string
  readonly level: "MUST" | "SHOULD"
  /** What it rests on: a section of the facts on Telegram's delivery, or of the design. */
  readonly rests: string
  /** The rule, as a sentence. */
  readonly title: string
  /** Starts an application with such a webhook on the mount under test; it is stopped after the case. */
  run(start: (options?: Partial<WebhookOptions>) => Promise<Application>): Promise<void>
}
