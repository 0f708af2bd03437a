import { startSimulator, type Simulator } from "@hookgram/simulator"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { call } from "./requests.ts"

describe("requests from other sites", () => {
  let telegram: Simulator
  let port: string

  beforeAll(async () => {
    telegram = await startSimulator()
    port = new URL(telegram.url).port
  })
  afterAll(() => telegram.close())

  const paths = ["/", "/main.js", "/state", "/events", "/actions", "/files/x", "/bot1:2/getMe"]

  test.each(paths)("%s refuses a name that somebody else made point here", async (path) => {
    for (const host of [`attacker.example:${port}`, "attacker.example", "127.0.0.1.attacker.example", "127.evil"]) {
      expect(await call(telegram.url + path, { headers: { host } }), host).toMatchObject({ status: 403 })
    }
  })

  test.each(paths)("%s refuses the origin of another page", async (path) => {
    for (const origin of [
      "https://attacker.example",
      "null",
      `http://localhost:${port}`,
      telegram.url.replace("http", "https"),
    ]) {
      expect(await call(telegram.url + path, { headers: { origin } }), origin).toMatchObject({ status: 403 })
    }
  })

  test.each(paths)("%s refuses what a browser says comes from elsewhere", async (path) => {
    for (const site of ["cross-site", "same-site"]) {
      const headers = { "sec-fetch-site": site }
      expect(await call(telegram.url + path, { headers }), site).toMatchObject({ status: 403 })
    }
  })

  test("the names of this machine, the page's own requests and an address that was typed in pass", async () => {
    for (const name of [
      "127.0.0.1",
      "localhost",
      "LOCALHOST",
      "bot.localhost",
      "127.1.2.3",
      "[::1]",
      "host.docker.internal",
    ]) {
      const host = `${name}:${port}`
      const headers = { host, origin: `http://${host}`, "sec-fetch-site": "same-origin" }
      expect(await call(telegram.url, { headers }), name).toMatchObject({ status: 200 })
    }
    expect(await call(telegram.url, { headers: { "sec-fetch-site": "none" } })).toMatchObject({ status: 200 })
  })

  test("a bot, which is no browser, calls methods", async () => {
    expect(await call(`${telegram.url}/bot${telegram.token}/getMe`)).toMatchObject({ status: 200 })
  })

  test("a server that others reach takes its addresses and names that nobody can register", async () => {
    const open = await startSimulator({ host: "0.0.0.0" })
    const outside = Object.values((await import("node:os")).networkInterfaces())
      .flat()
      .find((one) => one?.family === "IPv4" && !one.internal)
    if (outside) {
      const url = `http://${outside.address}:${new URL(open.url).port}`
      for (const host of [new URL(url).host, "telegram:8081", "simulator.local"]) {
        expect(await call(url, { headers: { host } }), host).toMatchObject({ status: 200 })
      }
      expect(await call(url, { headers: { host: "attacker.example" } })).toMatchObject({ status: 403 })
    }
    await open.close()
  })
})
