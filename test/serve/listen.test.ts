import { once } from "node:events"
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { describe, expect, onTestFinished, test } from "vitest"
import { Program } from "../examples/program.ts"
import { noIPv6 } from "../support/network.ts"
import { ask, at, deliver, folder, secretToken, served } from "./served.ts"

const unavailable = noIPv6("serve() over IPv6")

function refused(message: RegExp): unknown {
  return expect.objectContaining({
    name: "HookgramError",
    code: "listen_failed",
    message: expect.stringMatching(message),
  })
}

describe("at a host and port", () => {
  test.each([
    ["127.0.0.1", /^http:\/\/127\.0\.0\.1:\d+\/telegram$/],
    ["localhost", /^http:\/\/localhost:\d+\/telegram$/],
    ["0.0.0.0", /^http:\/\/localhost:\d+\/telegram$/],
    [undefined, /^http:\/\/localhost:\d+\/telegram$/],
  ])("%s, at the port that is said", async (host, url) => {
    const server = await served({ host })
    expect(server.url).toMatch(url)
    expect((await deliver(server.url)).status).toBe(200)
    expect((await ask(at(server, "/health/live"))).status).toBe(200)
  })

  test.skipIf(unavailable !== undefined).each([
    ["::1", /^http:\/\/\[::1\]:\d+\/telegram$/],
    ["::", /^http:\/\/localhost:\d+\/telegram$/],
  ])(unavailable ?? "%s, over IPv6", async (host, url) => {
    const server = await served({ host })
    expect(server.url).toMatch(url)
    expect((await deliver(server.url)).status).toBe(200)
  })

  test("one that is taken: who is told what to do", async () => {
    const { url } = await served()
    const port = Number(new URL(url).port)
    await expect(served({ port })).rejects.toEqual(
      refused(new RegExp(`cannot listen at 127\\.0\\.0\\.1:${port}\\. Something is there already: stop that`)),
    )
    expect((await deliver(url)).status).toBe(200)
  })

  test("an address that is another machine's", async () => {
    await expect(served({ host: "203.0.113.7" })).rejects.toEqual(
      refused(/cannot listen at 203\.0\.113\.7:0\. The host is no address of this machine/),
    )
    await expect(served({ host: "2001:db8::7" })).rejects.toEqual(refused(/cannot listen at \[2001:db8::7\]:0\./))
  })

  test("a name that nobody has", async () => {
    await expect(served({ host: "nobody.invalid" })).rejects.toEqual(refused(/cannot listen at nobody\.invalid:0\. /))
  })
})

describe("at a path", () => {
  test("that of the webhook's URL, unless another is given", async () => {
    const api = {
      getWebhookInfo: async () => ({ url: "https://bot.example.com/tg/a%20b" }),
      setWebhook: async () => true,
    }
    const options = { api, webhook: { url: "https://bot.example.com/tg/a b?x=1" } } as object
    const server = await served(options)
    expect(new URL(server.url).pathname).toBe("/tg/a%20b")
    expect((await deliver(`${server.url}?x=1`)).status).toBe(200)
    const other = await served({ ...options, path: "/behind-a-proxy" })
    expect(new URL(other.url).pathname).toBe("/behind-a-proxy")
    expect((await deliver(other.url)).status).toBe(200)
  })

  test("and nothing but health elsewhere", async () => {
    const server = await served()
    for (const path of ["/", "/telegram/", "/other", "/health/x", "/healthz"]) {
      const answer = await deliver(at(server, path))
      expect([answer.status, answer.body]).toEqual([404, ""])
    }
    expect((await ask(at(server, "/health"))).status).toBe(200)
    const without = await served({ health: false })
    expect((await ask(at(without, "/health"))).status).toBe(404)
    const elsewhere = await served({ health: "/checks" })
    expect((await ask(at(elsewhere, "/health"))).status).toBe(404)
    expect((await ask(at(elsewhere, "/checks/ready"))).status).toBe(200)
  })
})

describe("at a unix socket", () => {
  const url = "http://bot/telegram"

  test("whose file has the mode of the umask, and is gone at the end", async () => {
    const socket = join(folder(), "bot.sock")
    const before = process.umask(0o007)
    const server = await served({ socket }).finally(() => process.umask(before))
    expect(server.url).toBe(`unix:${socket}`)
    expect(statSync(socket).mode & 0o777).toBe(0o770)
    expect((await deliver(url, { socketPath: socket })).status).toBe(200)
    await server.close()
    expect(existsSync(socket)).toBe(false)
  })

  test("that a process which was killed has left behind", async () => {
    const socket = join(folder(), "bot.sock")
    const env = { SECRET_TOKEN: secretToken, OPTIONS: JSON.stringify({ socket }) }
    const program = Program.run("test/serve/programs/bot.ts", env)
    await program.line(/^Listening on unix:/)
    await program.kill()
    expect(statSync(socket).isSocket()).toBe(true)
    await served({ socket })
    expect((await deliver(url, { socketPath: socket })).status).toBe(200)
  })

  test("at which somebody listens: it is left to them", async () => {
    const socket = join(folder(), "bot.sock")
    await served({ socket })
    await expect(served({ socket })).rejects.toEqual(refused(/bot\.sock\. Something is there already/))
    expect((await deliver(url, { socketPath: socket })).status).toBe(200)
  })

  test("at which somebody else's server listens that never answers", async () => {
    const socket = join(folder(), "bot.sock")
    const server = createServer(() => {}).listen(socket)
    onTestFinished(() => void server.close())
    await once(server, "listening")
    await expect(served({ socket })).rejects.toEqual(refused(/Something is there already/))
  })

  test("where a file is: that is no socket, and stays", async () => {
    const socket = join(folder(), "notes.txt")
    writeFileSync(socket, "important")
    await expect(served({ socket })).rejects.toEqual(refused(/notes\.txt\. Something is there already/))
    expect(readFileSync(socket, "utf8")).toBe("important")
  })

  test("in a folder that is not there", async () => {
    const socket = join(folder(), "missing", "bot.sock")
    await expect(served({ socket })).rejects.toEqual(
      refused(/bot\.sock\. The process may not: .*a socket in a folder that exists/),
    )
  })

  test("whose peers have no address: allowedAddresses goes by what the proxy says", async () => {
    const socket = join(folder(), "bot.sock")
    await served({ socket, allowedAddresses: ["149.154.160.0/20"], trustedProxies: [] })
    const from = async (forwarded: string) =>
      (await deliver(url, { socketPath: socket, headers: { "x-forwarded-for": forwarded } })).status
    expect(await from("149.154.167.220")).toBe(200)
    expect(await from("149.154.167.220, 1.2.3.4")).toBe(403)
    expect((await deliver(url, { socketPath: socket })).status).toBe(403)
  })
})

test("behind a proxy at a port, too", async () => {
  const options = { allowedAddresses: ["149.154.160.0/20"] }
  const headers = { "x-forwarded-for": "149.154.167.220" }
  const { url } = await served({ ...options, trustedProxies: ["127.0.0.1"] })
  expect((await deliver(url, { headers })).status).toBe(200)
  expect((await deliver(url)).status).toBe(403)
  expect((await deliver((await served(options)).url, { headers })).status).toBe(403)
})
