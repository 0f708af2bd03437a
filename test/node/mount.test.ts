import { createWebhook, HookgramError } from "@hookgram/core"
import { telegramWebhook as onExpress } from "@hookgram/express"
import { telegramWebhook as onFastify } from "@hookgram/fastify"
import { telegramWebhook as onKoa } from "@hookgram/koa"
import { mount, type MountOptions, telegramWebhook as onNode } from "@hookgram/node"
import Fastify from "fastify"
import { describe, expect, test } from "vitest"

const secretToken = "A-valid_secret-token-1"
const handler = (): void => {}
const options = { secretToken, handler }
const webhook = createWebhook(options)

/** The message of the error that wrong options give. */
function complaint(wrong: unknown): string {
  try {
    mount(wrong as MountOptions)
  } catch (error) {
    expect(error).toBeInstanceOf(HookgramError)
    expect((error as HookgramError).code).toBe("invalid_options")
    return (error as HookgramError).message
  }
  throw new Error("They were accepted.")
}

describe("options", () => {
  test("make a webhook, or bring one", () => {
    expect(mount(options).webhook.status().running).toBe(0)
    expect(mount({ webhook }).webhook).toBe(webhook)
    expect(mount({ path: "/telegram", webhook }).webhook).toBe(webhook)
  })

  test("of a webhook that is not given are checked as createWebhook does", () => {
    expect(complaint({ path: "/telegram", secretToken })).toContain("handler: ")
    expect(complaint({ path: "/telegram" })).toMatch(/handler: .*[\s\S]*secretToken: /)
    expect(complaint({ ...options, paht: "/telegram" })).toContain("paht: is not an option")
  })

  test("beside a webhook are refused, each by name: they would be ignored", () => {
    expect(complaint({ webhook, handler, deadline: 5 })).toMatch(/^handler: .*\ndeadline: /)
  })

  test.each(["telegram", "", "/a?b", "/a#b", "https://example.com/a", 7, null, /telegram/])(
    "path %o is refused",
    (path) => {
      expect(complaint({ ...options, path })).toMatch(/^path: |\n {2}path: /)
    },
  )

  test.each([undefined, null, "options"])("%o are no options", (wrong) => {
    expect(complaint(wrong)).not.toBe("")
  })

  test("wrong in path and elsewhere: all is said at once", () => {
    const message = complaint({ path: "telegram", secretToken })
    expect(message).toContain("path: ")
    expect(message).toContain("handler: ")
  })

  test("that are wrong throw when the adapter is called, in every adapter; in Fastify when the plugin is loaded", async () => {
    const wrong = { path: "/telegram", secretToken } as unknown as MountOptions
    for (const telegramWebhook of [onNode, onExpress, onKoa])
      expect(() => telegramWebhook(wrong)).toThrow(HookgramError)
    await expect(Fastify().register(onFastify, wrong).ready()).rejects.toThrow(HookgramError)
  })
})

describe("the path", () => {
  const { matches } = mount({ path: "/tg/abc", webhook })

  // Telegram sends the query and even the fragment of the registered URL: facts, 1.1.
  test.each(["/tg/abc", "/tg/abc?x=1", "/tg/abc#x", "/tg/abc?", "/tg/abc?/tg/other"])(
    "%s is for the webhook",
    (target) => {
      expect(matches(target)).toBe(true)
    },
  )

  test.each([
    "/tg/abcd",
    "/tg/abc/",
    "/tg/abc/d",
    "/tg/ab",
    "/TG/abc",
    "/",
    "",
    "/x?/tg/abc",
    "/tg%2Fabc",
    "*",
    undefined,
  ])("%s is not", (target) => {
    expect(matches(target)).toBe(false)
  })

  test("without one, everything is", () => {
    for (const target of ["/", "/x", "*", "", undefined]) expect(mount({ webhook }).matches(target)).toBe(true)
  })

  test("of the root is the root alone", () => {
    const root = mount({ path: "/", webhook })
    expect(["/", "/?x", "/x", ""].map((target) => root.matches(target))).toEqual([true, true, false, false])
  })
})
