/** Telegram's time: real, faster than real, or moved on by a test. */
export interface Clock {
  /** Milliseconds since 1970, by Telegram's clock. */
  now(): number

  /** Calls back when so many milliseconds of Telegram's time have passed, unless cancelled. */
  after(milliseconds: number, callback: () => void): Timer

  /** Resolves when so many milliseconds of Telegram's time have passed. */
  sleep(milliseconds: number): Promise<void>

  /**
   * Says that something is under way outside of this clock, such as a request on a socket: a virtual clock does not move
   * on before the function that is returned has been called.
   */
  hold(): () => void

  /**
   * Resolves to what `check` returns as soon as that is not `undefined`, or to `undefined` after so many milliseconds of
   * Telegram's time. `check` is called at once, and again and again. A virtual clock moves on by itself meanwhile.
   */
  until<T>(check: () => T | undefined, milliseconds: number): Promise<T | undefined>

  /** Says that something happened: a virtual clock does not move on before all has come to rest. */
  changed(): void
}

export interface Timer {
  cancel(): void
}

/** Telegram's dates: whole Unix seconds. */
export function unixTime(clock: Clock): number {
  return Math.floor(clock.now() / 1000)
}
