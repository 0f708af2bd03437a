import { createHealth, type HealthOptions, HookgramError } from "@hookgram/core"
import { healthHandler as onExpress } from "@hookgram/express"
import { healthHandler as onFastify } from "@hookgram/fastify"
import { healthHandler as onFetch } from "@hookgram/fetch"
import { healthHandler as onKoa } from "@hookgram/koa"
import { healthHandler as onNode } from "@hookgram/node"
import Fastify from "fastify"
import { describe, expect, test } from "vitest"
import { webhookWith } from "./info.ts"

describe("wrong options are refused by name", () => {
  const webhook = webhookWith()

  test.each<[object | undefined, string[]]>([
    [undefined, ["options: "]],
    [{}, ["webhook: must be made by createWebhook"]],
    [{ webhook: {} }, ["webhook: must be made by createWebhook"]],
    [{ webhook: null }, ["webhook: must be made by createWebhook"]],
    [{ webhook, api: "token" }, ["api: must be made by createApi"]],
    [{ webhook, path: "health" }, ["path: must begin with a slash"]],
    [{ webhook, path: "/health?x" }, ["path: must begin with a slash"]],
    [{ webhook, path: 7 }, ["path: must be a path"]],
    [{ webhook, refresh: 999 }, ["refresh: must be at least 1000"]],
    [{ webhook, refresh: 3_600_001 }, ["refresh: must be at most 3600000"]],
    [{ webhook, refresh: "30s" }, ["refresh: must be a number of milliseconds"]],
    [{ webhook, interval: 7 }, ["interval: is not an option"]],
    [{ path: "x", refresh: 0, interval: 7 }, ["webhook: ", "path: ", "refresh: ", "interval: "]],
  ])("%j", (options, named) => {
    let message = ""
    try {
      createHealth(options as HealthOptions)
    } catch (error) {
      expect(error).toMatchObject({ name: "HookgramError", code: "invalid_options" })
      message = (error as Error).message
    }
    for (const each of named) expect(message).toContain(`\n  ${each}`)
    expect(message.split("\n")).toHaveLength(1 + named.length)
  })
})

test("and when the adapter is called; in Fastify when the plugin is loaded", async () => {
  const wrong = { path: "health" } as unknown as HealthOptions
  for (const healthHandler of [onNode, onExpress, onKoa, onFetch]) {
    expect(() => healthHandler(wrong)).toThrow(HookgramError)
  }
  await expect(Fastify().register(onFastify, wrong).ready()).rejects.toThrow(HookgramError)
})

test.each([
  ["/", ["/", "/?x", "/live", "/ready"], ["/x", "/live/", "//live"]],
  ["/health", ["/health", "/health/", "/health#x", "/health/live"], ["/healthy", "/", "/health/x", "/live", "*"]],
  ["/health/", ["/health", "/health/", "/health/ready"], ["/health//", "/"]],
  [undefined, ["/", "/anything", "/anything/live", "", "*"], []],
])("at the path %s", async (path, own, others) => {
  const health = createHealth({ webhook: webhookWith(), path })
  for (const target of own) expect(await health.respond("GET", target)).toMatchObject({ status: 200 })
  for (const target of others) expect(health.respond("GET", target)).toBeUndefined()
})
