import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Simulator, startSimulator } from "@hookgram/simulator"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { example, Program } from "./program.ts"
import { PublicAddress } from "./public-address.ts"
import { variables } from "./telegram.ts"

const waiting = { timeout: 15_000 }

/** The command of the example's own comment. */
const [, command = ""] = /`(openssl [^`]+)`/.exec(readFileSync(example("stand-alone-https"), "utf8")) ?? []

/** A folder with what that command makes. */
function made(): string {
  const folder = mkdtempSync(join(tmpdir(), "hookgram-certificate-"))
  execFileSync("sh", ["-c", command], { cwd: folder, stdio: "ignore" })
  return folder
}

describe("examples/stand-alone-https.ts", { timeout: 60_000 }, () => {
  const folders: string[] = []
  let telegram: Simulator
  let address: PublicAddress

  beforeAll(() => {
    folders.push(made(), made())
  }, 20_000)

  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true })
  })

  beforeEach(async () => {
    telegram = await startSimulator({ lookup: () => Promise.resolve(["127.0.0.1"]) })
    address = await PublicAddress.open()
  })

  afterEach(async () => {
    address.close()
    await telegram.close()
  })

  async function start(folder: string): Promise<Program> {
    const program = await Program.start(example("stand-alone-https"), {
      ...variables(telegram),
      WEBHOOK_URL: `https://bot.example.com:${address.port}/telegram`,
      KEY: join(folder, "key.pem"),
      CERT: join(folder, "cert.pem"),
    })
    address.leadTo(program.port)
    return program
  }

  test("gives Telegram the certificate that the command makes, and is delivered to", async () => {
    const program = await start(folders[0]!)
    try {
      const ana = telegram.user("Ana")
      await ana.send("Hola")
      expect((await ana.nextReply(waiting)).text).toBe("Hola")
      expect(telegram.webhookInfo()).toMatchObject({ has_custom_certificate: true, ip_address: "127.0.0.1" })
      expect(telegram.webhookInfo().last_error_message).toBeUndefined()
      expect(await program.terminate()).toBe(0)
    } finally {
      await program.kill()
    }
  })

  test("a new certificate is given to Telegram at the next start, and no update is lost", async () => {
    const first = await start(folders[0]!)
    await first.terminate()
    const ana = telegram.user("Ana")
    await ana.send("Hola")
    const second = await start(folders[1]!)
    try {
      expect((await ana.nextReply(waiting)).text).toBe("Hola")
      expect(telegram.webhookInfo().last_error_message ?? "").not.toMatch(/certificate/)
    } finally {
      await Promise.all([first, second].map((program) => program.kill()))
    }
  })
})
