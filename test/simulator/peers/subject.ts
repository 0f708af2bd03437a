import type { Express } from "express"

/** What is done with an update: it takes its time, and it may fail. */
export type Work = () => Promise<void>

/** What a subject is set up with. */
export interface Site {
  readonly app: Express
  readonly path: string
  readonly secretToken: string
  /** The bot's token, and the address of the Bot API. */
  readonly token: string
  readonly apiRoot: string
  readonly work: Work
  /** Scales a time in milliseconds, as Telegram's 60 s are scaled. */
  readonly scaled: (milliseconds: number) => number
}

/** A way to receive updates. */
export interface Subject {
  readonly name: string
  /** How it is mounted, in a line. */
  readonly how: string
  mount(site: Site): void
}
