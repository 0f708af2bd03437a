import { expect, test } from "vitest"
import { callApi } from "../support/post.ts"
import { virtualTelegram } from "../support/telegram.ts"

test("the methods are there over HTTP, and what they change is seen by people and tests alike", async () => {
  const telegram = await virtualTelegram()
  const ana = telegram.user("Ana")
  const group = telegram.group("Room", { owner: telegram.user("Ben"), members: [ana], administrators: [telegram.bot] })
  const call = (method: string, given: Record<string, unknown>) => callApi(telegram, method, given)

  expect(await call("setChatTitle", { chat_id: group.id, title: "Plans" })).toEqual({ ok: true, result: true })
  expect(group.chat.traits.title).toBe("Plans")
  expect(group.messages.at(-1)).toMatchObject({ new_chat_title: "Plans" })

  expect(await call("banchatmember", { chat_id: group.id, user_id: ana.id })).toEqual({ ok: true, result: true })
  expect(await call("getChatMember", { chat_id: group.id, user_id: ana.id })).toMatchObject({
    result: { status: "kicked" },
  })
  expect(await call("getChatAdministrators", { chat_id: ana.id })).toEqual({
    ok: false,
    error_code: 400,
    description: "Bad Request: there are no administrators in the private chat",
  })
})
