import type { Update } from "@hookgram/core"
import { recorded, recordedUpdate } from "../../../test/support/updates.ts"
import { FAILS_ONCE, MEETS_ITSELF, secretToken, SLOW } from "./bot.ts"

/** How often each thing happened. */
export type Tally = Readonly<Record<string, number>>

/** What one step brought about in one application. */
export interface Effect {
  /** The answers by status, with the method of a webhook reply: `200`, `200 answerCallbackQuery`. */
  readonly answers: Tally
  /** The ended runs of the handler: `attempt 1 succeeded`. */
  readonly runs: Tally
  /** What the webhook told its observer, by type. */
  readonly events: Tally
}

/** Some deliveries, and what has to come of them. */
export interface Step {
  readonly title: string
  /** What the reader should see in it. */
  readonly shows: string
  readonly updates: readonly Update[]
  readonly secretToken: string | undefined
  /** How many connections bring the updates at once. */
  readonly connections: number
  /** Bytes to cut off the end of each body. */
  readonly cut: number
  readonly expected: Effect
}

const handled = { received: 1, started: 1, finished: 1 }
const succeeded = { "attempt 1 succeeded": 1 }
const refused = (status: number): Effect => ({ answers: { [status]: 1 }, runs: {}, events: { rejected: 1 } })

function step(
  title: string,
  shows: string,
  updates: readonly Update[],
  expected: Effect,
  how: Partial<Step> = {},
): Step {
  return { title, shows, updates, expected, secretToken, connections: 1, cut: 0, ...how }
}

const text = [recordedUpdate("message-26-text-plain", 8_004)]
const press = [recordedUpdate("callback_query-03-callback-query", 8_005)]
const photo = [recordedUpdate("message-37-photo", FAILS_ONCE)]
const voice = recordedUpdate("message-43-voice", MEETS_ITSELF)
const hello = [recordedUpdate("message-59-text-hello", 8_006)]
const all = recorded.map(({ name }, index) => recordedUpdate(name, 9_000 + index))
const presses = all.filter((update) => "callback_query" in update).length

export const steps: readonly Step[] = [
  step("a text message", "handled", text, { answers: { 200: 1 }, runs: succeeded, events: handled }),
  step("the same again", "known: the bot is not called", text, {
    answers: { 200: 1 },
    runs: {},
    events: { received: 1, duplicate: 1 },
  }),
  step("a button press", "handled; the answer is a Bot API call", press, {
    answers: { "200 answerCallbackQuery": 1 },
    runs: succeeded,
    events: handled,
  }),
  step("a wrong secret", "refused, body unread", hello, refused(401), { secretToken: "not-the-secret-token" }),
  step("no secret", "refused in the same way", hello, refused(401), { secretToken: undefined }),
  step("half a body", "refused", hello, refused(400), { cut: 100 }),
  step("a photo: the bot fails", "500, so Telegram tries again", photo, {
    answers: { 500: 1 },
    runs: { "attempt 1 failed": 1 },
    events: { received: 1, started: 1, failed: 1 },
  }),
  step("the photo's retry", "handled at the second attempt", photo, {
    answers: { 200: 1 },
    runs: { "attempt 2 succeeded": 1 },
    events: handled,
  }),
  step(
    "a voice, twice at once",
    "the bot is called once, both wait",
    [voice, voice],
    { answers: { 200: 2 }, runs: succeeded, events: { received: 2, joined: 1, started: 1, finished: 1 } },
    { connections: 2 },
  ),
  step("a video: the bot is slow", "200 at the deadline, the bot goes on", [recordedUpdate("message-41-video", SLOW)], {
    answers: { 200: 1 },
    runs: succeeded,
    events: { ...handled, acknowledged: 1 },
  }),
  step("a kind not known yet", "handled like any other", [recordedUpdate("unknown-01-future-kind", 8_007)], {
    answers: { 200: 1 },
    runs: succeeded,
    events: handled,
  }),
  step(
    `all ${all.length} recordings`,
    "handled, over ten connections",
    all,
    {
      answers: { 200: all.length - presses, "200 answerCallbackQuery": presses },
      runs: { "attempt 1 succeeded": all.length },
      events: { received: all.length, started: all.length, finished: all.length },
    },
    { connections: 10 },
  ),
]
