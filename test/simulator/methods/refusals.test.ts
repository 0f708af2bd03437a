import { expect, test } from "vitest"
import { ApiError, tooManyRequests } from "../../../packages/simulator/src/api/error.ts"
import { Parameters } from "../../../packages/simulator/src/api/parameters.ts"
import { methodName } from "../../../packages/simulator/src/api/names.ts"
import { plausible } from "../../../packages/simulator/src/methods/plausible.ts"
import { chatMethods } from "../../../packages/simulator/src/methods/registry.ts"
import { Refusals } from "../../../packages/simulator/src/methods/refusals.ts"
import { ana, Scene } from "./scene.ts"

test("a refusal is for one method and one call, unless it says otherwise", () => {
  const refusals = new Refusals()
  const [busy, broken] = [tooManyRequests(3), new ApiError(500, "Internal Server Error")]
  refusals.add({ method: "sendMessage", error: busy, times: 2 })
  refusals.add({ error: broken })
  expect(refusals.take("SENDMESSAGE")).toBe(busy)
  expect(refusals.take("getMe")).toBe(broken)
  expect(refusals.take("sendMessage")).toBe(busy)
  expect(refusals.take("sendMessage")).toBeUndefined()
})

test.each([
  ["getCustomEmojiStickers", []],
  ["getUserGifts", { total_count: 0, gifts: [] }],
  ["getStickerSet", { name: "cats", title: "cats", sticker_type: "regular", stickers: [] }],
  ["setPassportDataErrors", true],
  ["sendGift", true],
])("what is not modelled is answered plausibly: %s", (method, answer) => {
  const { world, bot } = new Scene()
  const parameters = new Parameters(new Map([["name", "cats"]]))
  expect(plausible({ world, bot, method, parameters })).toEqual(answer)
})

test("what sends and is not modelled leaves a message that says which method it was", () => {
  const { world, bot, chat } = new Scene()
  const parameters = new Parameters(new Map([["chat_id", String(ana.id)]]))
  expect(plausible({ world, bot, method: "sendHologram", parameters })).toMatchObject({ text: "(sendHologram)" })
  expect(chat.messages).toHaveLength(1)
})

test("every method that is modelled is one of the Bot API, written as in its documentation", () => {
  expect(Object.keys(chatMethods).filter((name) => methodName(name) !== name)).toEqual([])
})
