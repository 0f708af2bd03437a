import { createApi } from "@hookgram/api"
import { Bot } from "@hookgram/bot"
import { serve, type ServeOptions } from "@hookgram/node"
import { Bot as GrammyBot } from "grammy"
import { Telegraf } from "telegraf"
import { describe, expect, test } from "vitest"
import { botToken } from "../support/bot-api.ts"
import { secretToken } from "./served.ts"

const handler = (): void => {}
const right = { handler, secretToken, port: 0, signals: false }
const api = createApi(botToken)
const bot = new Bot(api)
const webhook = { url: "https://bot.example.com/telegram" }

/** What is said of options that are wrong, one line for each. */
async function complaints(options: unknown): Promise<string[]> {
  const served = await serve(options as ServeOptions).then(
    (server) => server,
    (error: unknown) => {
      expect(error).toMatchObject({ name: "HookgramError", code: "invalid_options" })
      return (error as Error).message
    },
  )
  if (typeof served === "string") return served.split("\n").slice(1)
  await served.close()
  throw new Error("It was accepted.")
}

describe("one that is wrong is named", () => {
  test.each<[object, string]>([
    [{ bot: {} }, "bot: must be a bot of @hookgram/bot"],
    [{ bot: new GrammyBot(botToken) }, "bot: must be a bot of @hookgram/bot; another one goes into handler"],
    [{ bot: new Telegraf(botToken) }, "bot: must be a bot of @hookgram/bot; another one goes into handler"],
    [{ bot: null }, "bot: must be a bot of @hookgram/bot"],
    [{ bot }, "handler: is the bot already: give one of the two"],
    [{ handler: undefined }, "handler: must be a function, or a bot with a handleUpdate method"],
    [{ handler: "bot" }, "handler: must be a function"],
    [{ api: botToken }, "api: must be made by createApi"],
    [{ webhook: "https://bot.example.com" }, "webhook: must be a configuration with url"],
    [{ webhook }, "api: is needed to register the webhook"],
    [{ webhook: { ...webhook, secretToken }, api }, "webhook.secretToken: belongs beside webhook"],
    [{ deleteOnStop: true }, "api: is needed to delete the webhook"],
    [{ deleteOnStop: 1 }, "deleteOnStop: must be true or false"],
    [{ signals: "SIGTERM" }, "signals: must be true or false"],
    [{ path: "telegram" }, "path: must begin with a slash"],
    [{ path: "/telegram?x" }, "path: must begin with a slash"],
    [{ path: 7 }, "path: must be a path"],
    [{ host: "" }, "host: must not be empty"],
    [{ host: 7 }, "host: must be a text"],
    [{ port: -1 }, "port: must be 0 to 65535"],
    [{ port: 65_536 }, "port: must be 0 to 65535"],
    [{ port: "8080" }, "port: must be a whole number"],
    [{ port: Number.NaN }, "port: must be a whole number"],
    [{ socket: "" }, "socket: must not be empty"],
    [{ socket: "/tmp/x.sock" }, "socket: takes the place of host and port"],
    [{ socket: "/tmp/x.sock", port: undefined, host: "::" }, "socket: takes the place of host and port"],
    [{ tls: {} }, "tls.key: must be the path of a PEM file, or the PEM itself"],
    [{ tls: "cert.pem" }, "tls: must have key and cert"],
    [{ tls: { key: "a", cert: "b", ca: "c" } }, "tls.ca: is not an option"],
    [{ health: "health" }, "health: must begin with a slash"],
    [{ health: true }, "health: must be a path such as /health, or false"],
    [{ health: "/telegram" }, "health: may not have the path of the webhook, /telegram"],
    [{ health: "/", path: "/" }, "health: may not have the path of the webhook, /"],
    [{ path: "/health/ready" }, "health: may not have the path of the webhook, /health/ready"],
    [
      { webhook: { url: "https://bot.example.com/health" }, api },
      "health: may not have the path of the webhook, /health",
    ],
    [{ drainTimeout: -1 }, "drainTimeout: must not be negative"],
    [{ drainTimeout: "8s" }, "drainTimeout: must be a number of milliseconds"],
    [{ maxConnections: 0 }, "maxConnections: must be at least 1"],
    [{ maxConnections: 1.5 }, "maxConnections: must be a whole number"],
    [{ trustedProxies: ["localhost"] }, "trustedProxies.0: must be an address or a CIDR network"],
    [
      { socket: "/tmp/x.sock", port: undefined, allowedAddresses: ["127.0.0.1"] },
      "trustedProxies: is needed, be it [], for allowedAddresses behind a socket",
    ],
    [{ secretToken: undefined }, "secretToken: must be the secret_token"],
    [{ secretToken: "not a secret" }, "secretToken: must be 1 to 256 of A-Z a-z 0-9 _ -"],
    [{ deadline: 60_000 }, "deadline: must be at most 55000"],
    [{ prot: 8080 }, "prot: is not an option"],
  ])("%# %o", async (wrong, complaint) => {
    const found = await complaints({ ...right, ...wrong })
    expect(found).toEqual(expect.arrayContaining([expect.stringContaining(`  ${complaint}`)]))
  })
})

test("all that are wrong are named, the server's own and the webhook's, each in a line", async () => {
  const wrong = { port: -1, drainTimeout: -1, deadline: -1, secretToken: "?", prot: 1, path: "x", handler: 7 }
  const found = (await complaints(wrong)).map((line) => line.trim().split(":")[0])
  expect(found.toSorted()).toEqual(["deadline", "drainTimeout", "handler", "path", "port", "prot", "secretToken"])
})

test("all conflicts are named", async () => {
  const wrong = { ...right, webhook, bot: undefined, deleteOnStop: true, health: "/telegram", socket: "/tmp/x.sock" }
  const found = (await complaints(wrong)).map((line) => line.trim().split(":")[0])
  expect(found.toSorted()).toEqual(["api", "api", "health", "socket"])
})

test.each([undefined, null, "options", 7])("%s are no options", async (options) => {
  expect(await complaints(options)).toEqual(expect.arrayContaining([expect.stringMatching(/^ {2}options: /)]))
})

test.each([
  ["without health", { health: false, path: "/health" }],
  ["with health at the root", { health: "/" }],
  ["with a webhook below health", { path: "/health/telegram" }],
  ["with a bot", { bot, handler: undefined }],
  ["with an address list behind TCP", { allowedAddresses: ["127.0.0.1"] }],
] as const)("it serves %s", async (_what, options) => {
  const server = await serve({ ...right, ...options } as ServeOptions)
  await server.close()
  expect(server.webhook.status().closing).toBe(true)
})
