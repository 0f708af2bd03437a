import type { HandlerContext, HandlerFunction, Update, WebhookEvent, WebhookOptions } from "@hookgram/core"
import { expect } from "vitest"
import type { Application } from "../support/application.ts"
import type { WireAnswer } from "../support/connection.ts"
import { gate, turn, until } from "../support/gate.ts"

/** One run of the handler, which goes on until the test ends it. */
export interface StagedRun {
  readonly id: number
  readonly context: HandlerContext
  end(returned?: unknown): void
  fail(error: unknown): void
}

/** A handler whose runs the test ends, one by one and in the order it likes. */
export class Stage {
  readonly runs: StagedRun[] = []

  readonly handler: HandlerFunction = (update, context) => {
    const { passed, open, fail } = gate<unknown>()
    this.runs.push({ id: update.update_id, context, end: open, fail })
    return passed
  }

  /** The n-th run, counted from 1, once it has started. */
  async run(n: number): Promise<StagedRun> {
    await until(() => this.runs.length >= n)
    return this.runs[n - 1]!
  }

  /** The update and the attempt of each run, in the order they started. */
  get started(): readonly string[] {
    return this.runs.map(({ id, context }) => `${id}/${context.attempt}`)
  }
}

/** An `onDeadLetter` that keeps what it was given. */
export class DeadLetters {
  readonly letters: { readonly id: number; readonly error: unknown; readonly attempts: number }[] = []

  readonly onDeadLetter: NonNullable<WebhookOptions["onDeadLetter"]> = ({ update_id: id }, error, attempts) => {
    this.letters.push({ id, error, attempts })
  }
}

/** How often an event has happened. */
export function count({ webhook }: Application, type: WebhookEvent["type"]): number {
  return webhook.status().counters[type] ?? 0
}

/** Sends a delivery and waits until it has arrived, so that the next one is behind it. The answer comes later. */
export async function send(
  application: Application,
  update: Update,
): Promise<{ readonly answer: Promise<WireAnswer> }> {
  const before = count(application, "received")
  const answer = application.deliver(update)
  await until(() => count(application, "received") > before)
  return { answer }
}

/** Resolves when nothing runs or waits any more. */
export async function idle({ webhook }: Application): Promise<void> {
  await until(() => {
    const { running, waiting, detached } = webhook.status()
    return running + waiting + detached === 0
  })
}

/** The cheapest correct answer: facts, 3.1. */
export function expectEmpty200({ status, headers, body }: WireAnswer): void {
  expect({ status, length: headers["content-length"], body }).toEqual({ status: 200, length: "0", body: "" })
}

export function expectEmpty500({ status, headers, body }: WireAnswer): void {
  expect({ status, length: headers["content-length"], body }).toEqual({ status: 500, length: "0", body: "" })
}

/** A 503 with this `Retry-After`, or with none. */
export function expect503({ status, headers, body }: WireAnswer, retryAfter: string | undefined): void {
  expect({ status, retryAfter: headers["retry-after"], body }).toEqual({ status: 503, retryAfter, body: "" })
}

/** Does something, and fails when it leaves a rejected promise or an exception to the process. */
export async function withoutStrays(run: () => Promise<void>): Promise<void> {
  const strays: unknown[] = []
  const note = (reason: unknown): void => void strays.push(reason)
  process.on("unhandledRejection", note).on("uncaughtExceptionMonitor", note)
  try {
    await run()
    await turn()
  } finally {
    process.off("unhandledRejection", note).off("uncaughtExceptionMonitor", note)
  }
  expect(strays).toEqual([])
}
