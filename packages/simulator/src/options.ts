import type { Lookup } from "./registration/names.ts"

/** How to start a simulator. Nothing is required. */
export interface SimulatorOptions {
  /** The port to listen at. Default: 0, any that is free. */
  readonly port?: number | undefined
  /** The address to listen at. Default: `127.0.0.1`, which this machine alone can reach. */
  readonly host?: string | undefined
  /** The token of the bot that is there from the start. Default: one that is made up. */
  readonly token?: string | undefined
  /** The name of that bot, without `@`. Default: `simulated_bot`. */
  readonly username?: string | undefined
  /**
   * `real`: Telegram's time passes as ours does, or {@link SimulatorOptions.speed} times as fast. `virtual`: it stands
   * still until the test moves it on or waits for something. Default: `real`.
   */
  readonly clock?: "real" | "virtual" | undefined
  /** How many times as fast a real clock runs: with 60, Telegram's time limit of 60 s is over in one. Default: 1. */
  readonly speed?: number | undefined
  /** Telegram's time at the start. Default: now; with a virtual clock and a seed, 2026-01-01. */
  readonly start?: Date | undefined
  /** The same seed gives the same ids, tokens and waits between retries. Default: another one each time. */
  readonly seed?: number | undefined
  /**
   * Whether to refuse what api.telegram.org refuses: plain http, ports other than 443, 80, 88 and 8443, private addresses
   * and tokens of unknown bots. Default: `false`, as a Bot API server in local mode.
   */
  readonly strict?: boolean | undefined
  /** How many of the newest deliveries, and of the newest calls, are kept to look at, at least. Default: 10 000. */
  readonly history?: number | undefined
  /**
   * With a virtual clock: how long the bot may be silent, with a delivery unanswered, before the time moves on without it,
   * in real milliseconds. A handler that sleeps by `telegram.sleep` is not waited for. Default: 1000.
   */
  readonly patience?: number | undefined
  /** Gives the addresses of a webhook's host. Default: the system's resolver. */
  readonly lookup?: Lookup | undefined
}

/** What a test of an option says of a wrong value. */
type Rule = readonly [name: keyof SimulatorOptions, isRight: (value: never) => boolean, advice: string]

const rules: readonly Rule[] = [
  ["port", (value: number) => Number.isInteger(value) && value >= 0 && value <= 65_535, "a port from 0 to 65535"],
  ["host", (value: string) => typeof value === "string" && value !== "", 'an address such as "127.0.0.1"'],
  [
    "token",
    (value: string) => typeof value === "string" && /^[1-9]\d{0,15}:[\w-]{24,}$/.test(value) && value.length <= 80,
    'a bot token such as "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"',
  ],
  ["username", (value: string) => typeof value === "string" && /^\w{3,32}$/.test(value), 'a name such as "test_bot"'],
  ["clock", (value: string) => value === "real" || value === "virtual", '"real" or "virtual"'],
  ["speed", (value: number) => typeof value === "number" && value > 0 && value < Infinity, "a number above 0"],
  ["start", (value: Date) => value instanceof Date && !Number.isNaN(value.getTime()), "a valid Date"],
  ["seed", (value: number) => Number.isSafeInteger(value), "a whole number"],
  ["strict", (value: boolean) => typeof value === "boolean", "true or false"],
  ["history", (value: number) => Number.isInteger(value) && value > 0, "a whole number above 0"],
  ["patience", (value: number) => typeof value === "number" && value >= 0, "milliseconds, 0 or more"],
  ["lookup", (value: unknown) => typeof value === "function", "a function that gives the addresses of a host"],
]

/** @throws a `TypeError` that names every option that is wrong, and what it should be */
export function checkOptions(options: SimulatorOptions): void {
  const problems = Object.entries(options).flatMap(([name, value]: [string, unknown]) => {
    if (value === undefined) return []
    const rule = rules.find(([known]) => known === name)
    if (!rule) return [`${name}: there is no such option`]
    const [, isRight, advice] = rule
    return isRight(value as never) ? [] : [`${name}: should be ${advice}`]
  })
  if (options.clock === "virtual" && options.speed !== undefined) {
    problems.push('speed: a virtual clock has none; leave it out, or set clock: "real"')
  }
  if (problems.length > 0) throw new TypeError(`Options of the simulator: ${problems.join("; ")}`)
}
