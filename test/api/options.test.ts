import { createApi, diagnoseWebhook, ensureWebhook, type WebhookConfig } from "@hookgram/api"
import { expect, test } from "vitest"
import { rejection, token } from "./server.ts"

const config: WebhookConfig = { url: "https://bot.example.com/telegram", secretToken: "s3cret" }

/** Nothing may be asked before the options are known to be right. */
const api = createApi(token, { fetch: () => Promise.reject(new Error("asked")) })

/** The fields that an error names, after its title. */
function named({ code, message }: Error & { code?: unknown }): [title: string, ...fields: string[]] {
  expect(code).toBe("invalid_options")
  const [title = "", ...lines] = message.split("\n")
  return [title, ...lines.map((line) => /^ {2}([\w.]+): ./.exec(line)?.[1] ?? line).toSorted()]
}

test("wrong options of createApi fail at once, each by its name, and never show the token", async () => {
  const wrong = { baseUrl: "ftp://x", timeout: -1, retry: { attempts: 0, tries: 1 }, test: 1, fetch: "no", proxy: true }
  const error = await rejection(Promise.resolve().then(() => createApi("not a token", wrong as never)))
  expect(named(error)).toEqual([
    "These options of createApi are wrong:",
    "baseUrl",
    "fetch",
    "proxy",
    "retry.attempts",
    "retry.tries",
    "test",
    "timeout",
    "token",
  ])
  expect(error.message).not.toContain("not a token")
})

test("wrong options of ensureWebhook are all named, and nothing is asked", async () => {
  const wrong = { store: { get: () => null }, always: "yes", timeout: -1, signal: {}, force: true }
  expect(named(await rejection(ensureWebhook(api, config, wrong as never)))).toEqual([
    "These options of ensureWebhook are wrong:",
    "always",
    "force",
    "signal",
    "store",
    "timeout",
  ])
  const store = { get: () => null, set: () => {}, lock: true }
  expect(named(await rejection(ensureWebhook(api, config, { store } as never)))).toContain("store")
})

test("wrong options of diagnoseWebhook are all named, and are no findings", async () => {
  const wrong = { watch: -1, signal: true, config }
  expect(named(await rejection(diagnoseWebhook(api, config, wrong as never)))).toEqual([
    "These options of diagnoseWebhook are wrong:",
    "config",
    "signal",
    "watch",
  ])
})
