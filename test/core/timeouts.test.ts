import { Expiring, Timeouts } from "@hookgram/core"
import * as fc from "fast-check"
import { afterEach, beforeEach, expect, test, vi } from "vitest"

let ended: string[] = []

beforeEach(() => {
  vi.useFakeTimers()
  ended = []
})

afterEach(() => {
  vi.useRealTimers()
})

/** Something that calls back when its time is over. */
class Item extends Expiring {
  readonly #callback: () => void

  constructor(callback: () => void) {
    super()
    this.#callback = callback
  }

  override expire(): void {
    this.#callback()
  }
}

const note = (name: string): Item => new Item(() => void ended.push(name))

test("each ends after the length, in the order of starting", () => {
  const timeouts = new Timeouts(1000)
  timeouts.start(note("a"))
  vi.advanceTimersByTime(400)
  timeouts.start(note("b"))
  vi.advanceTimersByTime(599)
  expect(ended).toEqual([])
  vi.advanceTimersByTime(1)
  expect(ended).toEqual(["a"])
  vi.advanceTimersByTime(400)
  expect(ended).toEqual(["a", "b"])
  expect(vi.getTimerCount()).toBe(0)
})

test("one that is stopped does not end, and one that is started by another that ends does", () => {
  const timeouts = new Timeouts(1000)
  const stopped = note("stopped")
  timeouts.start(stopped)
  timeouts.start(new Item(() => timeouts.start(note("later"))))
  timeouts.stop(stopped)
  vi.advanceTimersByTime(1999)
  expect(ended).toEqual([])
  vi.advanceTimersByTime(1)
  expect(ended).toEqual(["later"])
})

test("any starts and stops: each ends when its own timer would have", () => {
  const step = fc.record({ after: fc.nat(700), stops: fc.option(fc.nat(5)) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
      const timeouts = new Timeouts(1000)
      const shared: [number, number][] = []
      const own: [number, number][] = []
      const running: [Item, ReturnType<typeof setTimeout>][] = []
      for (const [index, { after, stops }] of steps.entries()) {
        vi.advanceTimersByTime(after)
        const expire = new Item(() => void shared.push([index, Date.now()]))
        timeouts.start(expire)
        running.push([expire, setTimeout(() => own.push([index, Date.now()]), 1000)])
        const [stop, timer] = running[stops ?? running.length] ?? []
        if (stop) timeouts.stop(stop)
        clearTimeout(timer)
      }
      vi.advanceTimersByTime(2000)
      expect(shared).toEqual(own)
    }),
  )
})

test("a clock that is set back does not put off what is started after it", () => {
  const timeouts = new Timeouts(1000)
  timeouts.start(note("before"))
  vi.setSystemTime(Date.now() - 3_600_000)
  timeouts.start(note("after"))
  vi.advanceTimersByTime(2000)
  expect(ended).toContain("after")
})

test("those that keep a process alive do so no longer than something is waited for", () => {
  const timeouts = new Timeouts(1000, true)
  const [a, b] = [note("a"), note("b")]
  timeouts.start(a)
  timeouts.start(b)
  timeouts.stop(a)
  expect(vi.getTimerCount()).toBe(1)
  timeouts.stop(b)
  expect(vi.getTimerCount()).toBe(0)
  timeouts.start(note("c"))
  vi.advanceTimersByTime(1000)
  expect(ended).toEqual(["c"])
})

test("a timer that is overdue, because the process was busy or the host dropped it, is replaced and not joined by another", () => {
  const timeouts = new Timeouts(1000)
  timeouts.start(note("a"))
  const clock = vi.spyOn(performance, "now").mockReturnValue(performance.now() + 5000)
  timeouts.start(note("b"))
  clock.mockRestore()
  expect(vi.getTimerCount()).toBe(1)
})
