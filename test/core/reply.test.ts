import { HookgramError } from "@hookgram/core"
import { describe, expect, test } from "vitest"
import { lateReply, replyOf, unfitReply } from "../../packages/core/src/reply.ts"

describe("what a handler returned", () => {
  test.each([
    undefined,
    null,
    true,
    7,
    "sendMessage",
    [],
    {},
    { text: "hi" },
    { method: 7 },
    { method: null },
    () => ({ method: "sendMessage" }),
  ])("%o is no reply", (returned) => {
    expect(replyOf(returned)).toBeUndefined()
  })

  test("is a reply with a text `method`; what has no value is left out, for Telegram reads null as a text (facts, 4)", () => {
    const returned = {
      method: "sendMessage",
      chat_id: 7,
      text: "",
      reply_markup: null,
      parse_mode: undefined,
      disable_notification: false,
      message_thread_id: 0,
    }
    expect(replyOf(returned)).toEqual({
      method: "sendMessage",
      chat_id: 7,
      text: "",
      disable_notification: false,
      message_thread_id: 0,
    })
    expect(Object.keys(replyOf(returned)!)).not.toContain("parse_mode")
    expect(returned.reply_markup).toBeNull()
  })
})

describe("methods that Telegram ignores in a reply (facts, 4)", () => {
  test.each([
    "setWebhook",
    "deleteWebhook",
    "close",
    "logOut",
    "getMe",
    "getUpdates",
    "get",
    "getWhateverComesNext",
    "SETWEBHOOK",
    "logout",
    "GetFile",
  ])("%s", (method) => {
    const error = unfitReply({ method })
    expect(error).toBeInstanceOf(HookgramError)
    expect(error!.code).toBe("invalid_reply")
    expect(error!.message).toContain(method)
  })

  test.each([
    "sendMessage",
    "answerCallbackQuery",
    "closeForumTopic",
    "forgetMe",
    "setWebhooks",
    "leaveChat",
    "logOutAll",
  ])("not %s", (method) => {
    expect(unfitReply({ method })).toBeUndefined()
  })
})

test("a reply needs a method", () => {
  expect(unfitReply({ method: "" })?.code).toBe("invalid_reply")
})

test("a reply has at most 1 048 576 bytes as sent: one more fails the delivery (facts, 3.1)", () => {
  const overhead = JSON.stringify({ method: "sendMessage", text: "" }).length
  expect(unfitReply({ method: "sendMessage", text: "a".repeat(1_048_576 - overhead) })).toBeUndefined()
  expect(unfitReply({ method: "sendMessage", text: "a".repeat(1_048_577 - overhead) })?.code).toBe("invalid_reply")
  expect(unfitReply({ method: "sendMessage", text: "ä".repeat(200_000) })?.code).toBe("invalid_reply")
})

const circular: Record<string, unknown> = {}
circular["self"] = circular

test.each([
  ["circular", circular],
  ["a BigInt", 7n],
])("a reply that has no JSON, such as %s, is said to be unfit, not thrown about", (_what, value) => {
  expect(unfitReply({ method: "sendMessage", value })?.code).toBe("invalid_reply")
})

test("neither error tells what the reply would have said", () => {
  for (const error of [
    unfitReply({ method: "getMe", text: "private" }),
    lateReply({ method: "sendMessage", text: "private" }),
  ]) {
    expect(error!.message).not.toContain("private")
    expect(error!.message).toContain("callApi")
  }
  expect(lateReply({ method: "sendMessage" }).code).toBe("late_reply")
})
