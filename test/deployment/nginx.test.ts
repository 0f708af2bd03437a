import { describe, expect, test } from "vitest"
import { type Hop, secretToken, setStage, type Stage } from "./behind-nginx.ts"
import { deploymentFile } from "./folder.ts"
import { startRelay } from "./relay.ts"
import { Nginx, noNginx } from "./nginx.ts"

const hops: readonly Hop[] = ["a port", "a unix socket"]

/** An update that the bot has no handler for. */
const body = JSON.stringify({ update_id: 1, poll: { id: "1" } })
const headers = { "content-type": "application/json", "x-telegram-bot-api-secret-token": secretToken }

describe.skipIf(noNginx !== undefined)(noNginx ?? "nginx.conf", { timeout: 60_000 }, () => {
  describe.each(hops)("with the bot behind %s", (hop) => {
    test("brings updates over TLS that Telegram believes, with the secret, and to nothing but the webhook's path", async () => {
      const { telegram, nginx, startBot } = await setStage(hop)
      await startBot()
      const ana = telegram.user("Ana")
      await ana.send("Hola")
      expect((await ana.nextReply({ timeout: 200_000 })).text).toBe("Hola")
      await telegram.settled()
      expect(telegram.webhookInfo()).toMatchObject({ has_custom_certificate: true, url: nginx.url })
      expect(telegram.deliveries.map(({ outcome }) => outcome)).toEqual(["delivered"])

      const wrong = { ...headers, "x-telegram-bot-api-secret-token": "wrong" }
      expect(await nginx.send("/telegram", { from: "127.0.0.1", headers: wrong, body })).toEqual({
        status: 401,
        body: "",
      })
      for (const path of ["/", "/health", "/health/ready", "/telegram/"]) {
        expect(await nginx.send(path, { from: "127.0.0.1", headers, body }), path).toMatchObject({ status: 404 })
      }
    })

    test("lets the bot see who calls, and nobody say that he is somebody else", async () => {
      const { telegram, nginx, startBot } = await setStage(hop, { ALLOWED_ADDRESSES: "127.0.0.1,127.0.0.2" })
      await startBot()
      const ana = telegram.user("Ana")
      await ana.send("Hola")
      expect((await ana.nextReply({ timeout: 200_000 })).text).toBe("Hola")

      const status = async (from: string, forwarded: Record<string, string> = {}): Promise<number> =>
        (await nginx.send("/telegram", { from, headers: { ...headers, ...forwarded }, body })).status
      expect(await status("127.0.0.2")).toBe(200)
      expect(await status("127.0.0.3")).toBe(403)
      expect(await status("127.0.0.3", { "x-forwarded-for": "127.0.0.2" })).toBe(403)
      expect(await status("127.0.0.3", { "x-forwarded-for": "127.0.0.2, 127.0.0.1" })).toBe(403)
      expect(await status("127.0.0.3", { forwarded: "for=127.0.0.2", "x-real-ip": "127.0.0.2" })).toBe(403)
    })

    test("passes the largest update that Telegram sends, and refuses what no update can be", async () => {
      const { nginx, startBot } = await setStage(hop)
      await startBot()
      const send = (length: number) =>
        nginx.send("/telegram", { from: "127.0.0.1", headers, body: body.padEnd(length) })
      expect(await send(524_288)).toMatchObject({ status: 200 })
      expect(await send(1_048_577)).toMatchObject({ status: 413 })
    })

    test("loses and doubles nothing while it is reloaded, and the bot started anew", async () => {
      const stage = await setStage(hop)
      let bot = await stage.startBot()
      const { telegram, nginx } = stage
      const people = Array.from({ length: 8 }, (_, index) => telegram.user(`Person ${index}`))
      const say = (text: string) => Promise.all(people.map((person) => person.send(text)))

      await say("before")
      nginx.reload()
      await say("while it is reloaded")
      bot.signal("SIGTERM")
      await say("while the bot ends")
      expect(await bot.exited).toBe(0)
      await say("while there is none")
      await telegram.until(() => telegram.deliveries.some(({ status }) => status === 502), 200_000)
      bot = await stage.startBot()
      nginx.reload()
      await say("after")
      await telegram.settled()

      const said = ["before", "while it is reloaded", "while the bot ends", "while there is none", "after"]
      for (const person of people) {
        await telegram.until(() => replies(person).length >= said.length, 200_000)
        expect(replies(person)).toEqual(said)
      }
    })
  })

  test("uses connections again, on both sides", async () => {
    const { telegram, nginx, startBot, relay } = await withRelay()
    await startBot()
    const ana = telegram.user("Ana")
    for (let index = 0; index < 20; index++) {
      await ana.send(`${index}`)
      await ana.nextReply({ timeout: 200_000 })
    }
    await telegram.settled()
    expect(nginx.requests(200)).toEqual({ count: 20, connections: 1 })
    expect(relay.connections).toBe(1)
  })

  test("keeps idle connections longer than Telegram does, and those to the bot shorter than the bot", async () => {
    const [upstream, client] = [...deploymentFile("nginx.conf").matchAll(/keepalive_timeout (\d+)s;/g)].map(
      ([, seconds]) => Number(seconds),
    )
    expect(client).toBeGreaterThan(60) // facts, 1.3
    expect(upstream).toBeLessThan(75)
  })

  test("can leave out everybody but Telegram", async () => {
    const nginx = await Nginx.start("127.0.0.1:9", {
      "# allow 149.154.160.0/20": "allow 127.0.0.2",
      "# allow 91.108.4.0/22": "allow 91.108.4.0/22",
      "# deny all": "deny all",
    })
    expect(await nginx.send("/telegram", { from: "127.0.0.1", headers, body })).toMatchObject({ status: 403 })
    expect(await nginx.send("/telegram", { from: "127.0.0.2", headers, body })).toMatchObject({ status: 502 })
  })
})

async function withRelay(): Promise<Stage & { relay: { readonly connections: number } }> {
  let relay = { port: 0, connections: 0 } as Awaited<ReturnType<typeof startRelay>>
  const stage = await setStage("a port", {}, async (port) => {
    relay = await startRelay(port)
    return relay.port
  })
  return { ...stage, relay }
}

/** What the bot has said in a chat, in order. */
function replies({
  messages,
}: {
  readonly messages: readonly { from?: { is_bot: boolean }; text?: string }[]
}): string[] {
  return messages.flatMap(({ from, text }) => (from?.is_bot && text !== undefined ? [text] : []))
}
