import type { Webhook } from "@hookgram/core"

/** An application that has a webhook at `/telegram`. */
export interface Application {
  readonly name: string
  start(webhook: Webhook): Promise<Running>
}

interface Running {
  readonly port: number
  close(): unknown
}
