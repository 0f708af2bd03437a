import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { startSimulator } from "@hookgram/simulator"
import { expect, test } from "vitest"
import { callApi } from "../support/post.ts"
import { emitMessage, receiverFor } from "../support/telegram.ts"

test.each(["real", "virtual"])(
  "a process with a %s clock ends by itself once all is closed, whatever was under way",
  async (clock) => {
    const receiver = await receiverFor(() => undefined)
    const program = fileURLToPath(new URL("busy-process.ts", import.meta.url))
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--import", "tsx", program, clock, String(receiver.port)],
      { timeout: 15_000 },
    )
    expect(JSON.parse(stdout)).toMatchObject({ answers: [true, true, true] })
    expect(receiver.requests.length).toBeGreaterThan(0)
    await expect.poll(() => receiver.open.size).toBe(0)
  },
)

test("bots of the test environment end with the simulator too (facts, 8.1)", async () => {
  const telegram = await startSimulator()
  const receiver = await receiverFor()
  await fetch(`${telegram.url}/bot${telegram.token}/test/setWebhook?url=${encodeURIComponent(receiver.url)}`)
  await expect.poll(() => receiver.open.size).toBe(1)
  await telegram.close()
  await expect.poll(() => receiver.open.size).toBe(0)
})

test("closing cuts the deliveries that are under way, and a second time is harmless", async () => {
  const receiver = await receiverFor(() => undefined)
  const telegram = await startSimulator()
  await callApi(telegram, "setWebhook", { url: receiver.url })
  emitMessage(telegram)
  await expect.poll(() => receiver.requests.length).toBe(1)
  await telegram.close()
  await telegram.close()
  expect(telegram.deliveries).toMatchObject([{ outcome: "cut" }])
  await expect.poll(() => receiver.open.size).toBe(0)
})

test("with `await using`, it is closed at the end of the block", async () => {
  let url: string
  {
    await using telegram = await startSimulator()
    url = telegram.url
    expect((await fetch(url)).status).toBe(200)
  }
  await expect(fetch(url)).rejects.toThrow("fetch failed")
})

test("a port that is taken is refused, and nothing is left", async () => {
  await using telegram = await startSimulator()
  await expect(startSimulator({ port: Number(new URL(telegram.url).port) })).rejects.toThrow("EADDRINUSE")
})
