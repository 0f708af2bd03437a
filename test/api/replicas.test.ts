import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { expect, onTestFinished, test } from "vitest"
import { simulated } from "./server.ts"

const program = fileURLToPath(new URL("replica.ts", import.meta.url))

/** A process that sets a webhook when it is told to, and says whether it had to. */
async function startReplica(...args: string[]): Promise<(order: object) => Promise<string>> {
  const child = spawn(process.execPath, ["--import", "tsx", program, ...args], { stdio: ["pipe", "pipe", "inherit"] })
  onTestFinished(() => void child.kill())
  const lines = createInterface({ input: child.stdout })
  await once(lines, "line")
  return async (order) => {
    child.stdin.write(`${JSON.stringify(order)}\n`)
    const [line] = (await once(lines, "line")) as [string]
    return line
  }
}

test("of twenty processes at once, one sets the webhook; all find it set, and with a lock nobody else asks", async () => {
  const { telegram } = await simulated()
  const folder = mkdtempSync(join(tmpdir(), "hookgram-replicas-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const start = () => startReplica(telegram.token, telegram.url, folder)
  const replicas = await Promise.all(Array.from({ length: 20 }, start))
  const answers = (url: string) =>
    telegram.calls
      .filter(({ method, parameters }) => method === "setWebhook" && parameters["url"] === url)
      .map(({ answer }) => answer)

  // On a busy machine, one may look before it is set and ask when the second is over: that changes nothing.
  const alone = "http://127.0.0.1:9/without-a-store"
  await Promise.all(replicas.map((replica) => replica({ url: alone, stored: false })))
  const refusals = answers(alone).filter((answer) => !answer?.ok)
  expect(refusals.filter((answer) => answer?.error_code !== 429)).toEqual([])
  const successes = answers(alone).filter((answer) => answer?.ok)
  expect(successes.filter((answer) => answer?.description !== "Webhook is already set")).toHaveLength(1)
  expect(telegram.webhookInfo().url).toBe(alone)

  const together = "http://127.0.0.1:9/with-a-lock"
  const results = await Promise.all(replicas.map((replica) => replica({ url: together, stored: true })))
  expect(results.toSorted()).toEqual(["changed", ...Array<string>(19).fill("unchanged")])
  expect(answers(together).filter((answer) => answer?.ok)).toHaveLength(1)
  // The holder of the lock is put off itself if the second of the first round is not over.
  expect(answers(together).length).toBeLessThanOrEqual(2)
  expect(telegram.webhookInfo().url).toBe(together)
}, 180_000)
