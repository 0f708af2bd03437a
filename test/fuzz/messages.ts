export interface AnswerNote {
  readonly status: number
  readonly port: number
  readonly method: string
  readonly target: string
  readonly secrets: readonly string[]
  /** What JSON.parse finds as the `update_id` of the body. */
  readonly updateId: unknown
}

/** What the server's process notes, in the order in which it happens. */
export type Note =
  /** An update is done: handled, or given up on. */
  | { readonly done: number }
  /** A request was answered: the client's port, and what the request was, as it came from the socket. Only what is to be judged: 200 and 500. */
  | AnswerNote
  /** Something that must not happen. */
  | { readonly fault: string }

/** How much the server's process holds when nothing is going on. */
export interface Measure {
  /** Bytes of heap after a forced collection. */
  readonly heap: number
  /** Active resources (sockets, timers, …) by type. */
  readonly resources: Readonly<Record<string, number>>
  /** Connections that are still open, and updates that are still on their way. */
  readonly connections: number
  readonly busy: number
}

/** What the server's process tells. It is asked to measure by any message. */
export type Told = { readonly port: number } | { readonly notes: readonly Note[] } | { readonly measure: Measure }
