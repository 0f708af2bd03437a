import { readFileSync } from "node:fs"
import { beforeAll, describe, expect, test } from "vitest"
import { type Observed, observeAll } from "./observe-all.ts"
import { report, versions } from "./report.ts"
import { subjects, variants } from "./subjects.ts"
import { troubles } from "./troubles.ts"

const page = readFileSync(new URL("../../../docs/peers-under-faults.md", import.meta.url), "utf8")

describe("an update in trouble", () => {
  let observed: Observed

  beforeAll(async () => {
    observed = await observeAll([...subjects, ...variants])
  }, 120_000)

  /** How many runs were completed, by trouble. */
  const completed = (how: string): Record<string, number | undefined> => {
    const [, outcomes] = [...observed].find(([subject]) => subject.how === how) ?? []
    return Object.fromEntries(troubles.map(({ title }, index) => [title, outcomes?.[index]?.completed]))
  }

  test("fares with each library as docs/peers-under-faults.md says", () => {
    expect(page).toContain(versions())
    expect(page, "The page is out of date: pnpm peers").toBe(report(observed))
  })

  test("is run once by Hookgram's defaults, unless the process dies after it has answered", () => {
    expect(completed("telegramWebhook({ path, handler })")).toEqual({
      "takes 65 s": 1,
      "fails once": 1,
      "answer lost": 1,
      duplicate: 1,
      "request cut": 1,
      "process dies": 0,
    })
  })

  test('is run once by Hookgram with onDeadline: "retry", whatever happens', () => {
    const counts = Object.values(completed('telegramWebhook({ path, handler, onDeadline: "retry" })'))
    expect(counts).toEqual(troubles.map(() => 1))
  })
})
