import { setTimeout as realTime } from "node:timers/promises"
import { expect, test } from "vitest"
import { VirtualClock } from "../../../packages/simulator/src/clock/virtual.ts"
import { Random } from "../../../packages/simulator/src/random.ts"

const START = Date.UTC(2026, 0, 1)

function clockOf(patience = 20): { clock: VirtualClock; since: () => number } {
  const clock = new VirtualClock(START, patience)
  return { clock, since: () => clock.now() - START }
}

test("the time stands still until it is moved on, and then stands where it was moved to", async () => {
  const { clock, since } = clockOf()
  await realTime(5)
  expect(since()).toBe(0)
  await clock.advance(86_400_000)
  expect(since()).toBe(86_400_000)
  await clock.advance(0.25)
  expect(since()).toBe(86_400_000.25)
})

test.each([1, 2, 3, 4, 5])(
  "timers come due in order, at their time, those of one time as they were set (seed %d)",
  async (seed) => {
    const random = new Random(seed)
    const { clock, since } = clockOf()
    const expected: { at: number; order: number }[] = []
    const seen: { at: number; order: number }[] = []
    let order = 0
    const set = (depth: number) => {
      const wait = random.integer(-3, 40)
      const timer = { at: since() + Math.max(wait, 0), order: order++ }
      const isCancelled = random.next() < 0.3
      const { cancel } = clock.after(wait, () => {
        expect(since()).toBe(timer.at)
        seen.push(timer)
        const children = depth > 0 ? 3 : 0
        for (let count = 0; count < children; count++) set(depth - 1)
      })
      if (isCancelled) cancel()
      else expected.push(timer)
    }
    for (let count = 0; count < 300; count++) set(2)
    await clock.advance(60)
    await clock.advance(60)
    const sorted = expected.toSorted((one, other) => one.at - other.at || one.order - other.order)
    expect(seen).toEqual(sorted)
    expect(seen.length).toBeGreaterThan(1000)
  },
)

test("a timer comes due when the time reaches it, not before", async () => {
  const { clock } = clockOf()
  let due = 0
  clock.after(1000, () => due++)
  await clock.advance(999)
  expect(due).toBe(0)
  await clock.advance(1)
  expect(due).toBe(1)
  await clock.advance(10_000)
  expect(due).toBe(1)
})

test("a timer that is cancelled never comes due, be it by another of the same time; a second time does nothing", async () => {
  const { clock } = clockOf()
  const seen: string[] = []
  clock.after(10, () => {
    second.cancel()
    second.cancel()
  })
  const second = clock.after(10, () => seen.push("second"))
  const third = clock.after(10, () => seen.push("third"))
  await clock.advance(10)
  third.cancel()
  expect(seen).toEqual(["third"])
})

test("tens of thousands of cancelled timers leave the others in order", async () => {
  const { clock, since } = clockOf()
  const seen: number[] = []
  for (let count = 0; count < 30_000; count++) {
    const wait = (count * 7919) % 30_011
    const { cancel } = clock.after(wait, () => seen.push(since()))
    if (count % 100 !== 0) cancel()
  }
  await clock.advance(30_011)
  expect(seen).toHaveLength(300)
  expect(seen).toEqual(seen.toSorted((one, other) => one - other))
})

test("two that move the time on take turns", async () => {
  const { clock, since } = clockOf()
  const seen: number[] = []
  await Promise.all([
    clock.advance(100).then(() => seen.push(since())),
    clock.advance(100).then(() => seen.push(since())),
  ])
  expect(seen).toEqual([100, 200])
})

test("what a timer begins with promises is done before the next timer comes due", async () => {
  const { clock } = clockOf()
  const seen: string[] = []
  clock.after(1, () => {
    void Promise.resolve()
      .then(() => new Promise((resolve) => setImmediate(resolve)))
      .then(() => seen.push("begun by the first"))
  })
  clock.after(2, () => seen.push("second"))
  await clock.advance(2)
  expect(seen).toEqual(["begun by the first", "second"])
})

test("while something is under way in the real world, the time does not move on", async () => {
  const { clock, since } = clockOf(10_000)
  const release = clock.hold()
  let moved = false
  const advance = clock.advance(1000).then(() => {
    moved = true
  })
  await realTime(30)
  expect([moved, since()]).toEqual([false, 0])
  release()
  release()
  await advance
  expect(since()).toBe(1000)
})

test("what is under way for longer than there is patience is waited for no more", async () => {
  const { clock, since } = clockOf(20)
  clock.hold()
  await clock.advance(1000)
  expect(since()).toBe(1000)
})

test("what is under way only because it sleeps does not hold the time up", async () => {
  const { clock, since } = clockOf(10_000)
  const release = clock.hold()
  const seen: number[] = []
  void clock.sleep(500).then(() => {
    seen.push(since())
    release()
  })
  await clock.advance(1000)
  expect(seen).toEqual([500])
})

test("until gives what the check gives as soon as it does, and leaves the time there", async () => {
  const { clock, since } = clockOf()
  let found: string | undefined
  clock.after(700, () => (found = "it"))
  clock.after(800, () => (found = "too late"))
  expect(await clock.until(() => found, 1000)).toBe("it")
  expect(since()).toBe(700)
  expect(await clock.until(() => found, 1000)).toBe("it")
  expect(since()).toBe(700)
})

test("until gives nothing when its time is over, and not what comes later", async () => {
  const { clock, since } = clockOf()
  let found: string | undefined
  clock.after(1001, () => (found = "it"))
  expect(await clock.until(() => found, 1000)).toBeUndefined()
  expect(since()).toBe(1000)
})

test("until sees what happens in the real world meanwhile, without the time moving on", async () => {
  const { clock, since } = clockOf(10_000)
  let found: string | undefined
  const release = clock.hold()
  setTimeout(() => {
    found = "it"
    release()
  }, 20)
  expect(await clock.until(() => found, 1000)).toBe("it")
  expect(since()).toBe(0)
})

test("until rejects with what the check throws, at once or later, and the clock goes on", async () => {
  const { clock } = clockOf()
  const fail = () => {
    throw new Error("A bad check")
  }
  await expect(clock.until(fail, 1000)).rejects.toThrow("A bad check")
  let calls = 0
  await expect(clock.until(() => (calls++ > 0 ? fail() : undefined), 1000)).rejects.toThrow("A bad check")
  await clock.advance(1)
})

test("several wait at once, and each goes on at its own time", async () => {
  const { clock, since } = clockOf()
  const seen: [string, number][] = []
  const wait = async (name: string, at: number) => {
    await clock.until(() => (since() >= at ? name : undefined), 1000)
    seen.push([name, since()])
  }
  for (const at of [100, 200, 300]) clock.after(at, () => {})
  await Promise.all([wait("last", 300), wait("first", 100), wait("second", 200)])
  expect(seen).toEqual([
    ["first", 100],
    ["second", 200],
    ["last", 300],
  ])
})

test("what is under way may itself wait for something that the time brings", async () => {
  const { clock, since } = clockOf(100)
  const release = clock.hold()
  let isThere = false
  clock.after(300, () => (isThere = true))
  const seen: number[] = []
  void clock
    .until(() => isThere || undefined, 1000)
    .then(async () => {
      // It works on, and the time does not run away from it.
      await realTime(30)
      seen.push(since())
      release()
    })
  clock.after(301, () => {})
  await clock.until(() => seen[0], 5000)
  expect(seen).toEqual([300])
})

test("who waited can wait again at once", async () => {
  const { clock, since } = clockOf()
  clock.after(100, () => {})
  clock.after(200, () => {})
  for (const at of [100, 200]) await clock.until(() => since() >= at || undefined, 1000)
  expect(since()).toBe(200)
})

test("patience is lost only once with each that stays silent", async () => {
  const { clock, since } = clockOf(500)
  clock.hold()
  // Something happens each time, and that alone is waited for anew.
  for (let count = 1; count <= 40; count++) clock.after(count, () => clock.hold()())
  await clock.advance(100)
  expect(since()).toBe(100)
})

test.each(["is", "was"])("with one that %s lost, others are waited for all the same", async (is) => {
  const { clock, since } = clockOf(50)
  const lost = clock.hold()
  await clock.advance(0)
  if (is === "was") lost()
  const seen: number[] = []
  clock.after(10, () => {
    const release = clock.hold()
    setTimeout(() => {
      seen.push(since())
      release()
    }, 20)
  })
  clock.after(20, () => {})
  await clock.advance(100)
  expect(seen).toEqual([10])
})

test("a timer that fails is told to those who wait, and the clock goes on", async () => {
  const { clock, since } = clockOf()
  clock.after(10, () => {
    throw new Error("A bad timer")
  })
  await expect(clock.advance(100)).rejects.toThrow("A bad timer")
  await clock.advance(100)
  expect(since()).toBe(110)
})

test("after it was stopped, nothing comes due any more", async () => {
  const { clock } = clockOf()
  let due = 0
  clock.after(10, () => due++)
  clock.stop()
  await clock.advance(100)
  expect(due).toBe(0)
})
