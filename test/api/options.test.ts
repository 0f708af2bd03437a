import {
  type ApiOptions,
  type CallOptions,
  createApi,
  type DiagnoseOptions,
  diagnoseWebhook,
  type EnsureOptions,
  ensureWebhook,
  file,
  type FileOptions,
  type PollOptions,
  type WebhookConfig,
} from "@hookgram/api"
import { expect, test } from "vitest"
import { resolveApiOptions } from "../../packages/api/src/options.ts"
import { resolvePollOptions } from "../../packages/api/src/polling/options.ts"
import { resolveConfig } from "../../packages/api/src/webhook/config.ts"
import { resolveEnsureOptions } from "../../packages/api/src/webhook/options.ts"
import { ok, rejection, serverSaying, token } from "./server.ts"

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

/** Every option of a type, none of them with a value. */
type Undefined<T> = { readonly [Name in keyof Required<T>]: undefined }

test("an option that is undefined is one that is left out", async () => {
  const retry = { attempts: undefined, maxDelay: undefined }
  const apiOptions = { baseUrl: undefined, test: undefined, fetch: undefined, timeout: undefined, retry: undefined }
  const ensure: Undefined<EnsureOptions> = {
    store: undefined,
    always: undefined,
    timeout: undefined,
    signal: undefined,
  }
  const polling: Undefined<PollOptions> = {
    signal: undefined,
    deleteWebhook: undefined,
    limit: undefined,
    timeout: undefined,
    allowedUpdates: undefined,
    onError: undefined,
  }
  const webhook: Undefined<Omit<WebhookConfig, "url" | "secretToken">> = {
    certificate: undefined,
    ipAddress: undefined,
    maxConnections: undefined,
    allowedUpdates: undefined,
    allowUnknownUpdates: undefined,
    dropPendingUpdates: undefined,
    local: undefined,
  }
  const shown = (options: object): string => JSON.stringify(options)
  expect(shown(resolveApiOptions(token, apiOptions satisfies Undefined<ApiOptions>))).toBe(
    shown(resolveApiOptions(token, {})),
  )
  expect(resolveApiOptions(token, { retry }).retry).toEqual(resolveApiOptions(token, {}).retry)
  expect(resolveEnsureOptions(ensure)).toEqual(resolveEnsureOptions({}))
  expect(shown(resolvePollOptions(polling))).toBe(shown(resolvePollOptions({})))
  expect(await resolveConfig({ ...config, ...webhook })).toEqual(await resolveConfig(config))

  const call: Undefined<CallOptions> = { signal: undefined, timeout: undefined, retry: undefined }
  const info = { url: config.url, has_custom_certificate: false, max_connections: 40, pending_update_count: 0 }
  const { url, seen } = await serverSaying(ok(info))
  const there = createApi(token, { baseUrl: url })
  const plain: Undefined<FileOptions> = { name: undefined, type: undefined }
  await there.sendDocument({ chat_id: 1, document: file(new File(["meow"], "cat.txt"), plain) }, call)
  expect(seen[0]?.body.toString()).toContain('filename="cat.txt"')
  const look: Undefined<DiagnoseOptions> = { watch: undefined, signal: undefined }
  expect(await diagnoseWebhook(there, { ...config, ...webhook }, look)).toEqual([])
  expect(await ensureWebhook(there, { ...config, ...webhook }, ensure)).toEqual({ changed: false, differences: [] })
})
