import { execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { describe, expect, onTestFinished, test } from "vitest"

const root = fileURLToPath(new URL("../../", import.meta.url))
const command = ["--import", "tsx", "examples/start/main.ts"]
const timeout = 60_000

describe("pnpm start", () => {
  test("starts Telegram and a bot, says where the page is, and ends when it is interrupted", { timeout }, async () => {
    const start = spawn(process.execPath, command, { cwd: root, stdio: ["ignore", "pipe", "inherit"] })
    onTestFinished(() => void start.kill("SIGKILL"))
    let text = ""
    for await (const chunk of start.stdout) {
      text += chunk
      if (text.includes("Ctrl+C")) break
    }
    const url = /^ {4}(http:\/\/127\.0\.0\.1:\d+)$/m.exec(text)?.[1]
    const token = /the token (\d+:[\w-]+)/.exec(text)?.[1]
    const page = await fetch(url!)
    expect(page.status).toBe(200)
    expect(page.headers.get("content-type")).toMatch(/^text\/html/)
    const info = await (await fetch(`${url}/bot${token}/getWebhookInfo`)).json()
    expect(info).toMatchObject({ ok: true, result: { url: expect.stringMatching(/\/telegram$/) } })
    start.kill("SIGINT")
    expect(await once(start, "exit")).toEqual([0, null])
  })

  test("with --once holds a conversation, shows its deliveries, and ends with 0", { timeout }, async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [...command, "--once"], { cwd: root })
    expect(stdout).toContain("Ana:  Hello <you>\nBot:  You said: Hello <you>\n")
    expect(stdout).toContain("Ana:  /fail\nBot:  The third attempt succeeded")
    expect(stdout).toContain("Ana:  presses [Pressed: 0]\nBot:  Pressed: 1\n")
    const outcomes = [...stdout.matchAll(/^\d+ +(message|callback_query) +(\d) +(\w+) +(\d+)$/gm)]
    expect(outcomes.map(([, kind, attempt, outcome, status]) => `${kind} ${attempt} ${outcome} ${status}`)).toEqual([
      "message 1 delivered 200",
      "message 1 delivered 200",
      "message 1 failed 500",
      "message 2 failed 500",
      "message 3 delivered 200",
      "callback_query 1 delivered 200",
    ])
  })
})
