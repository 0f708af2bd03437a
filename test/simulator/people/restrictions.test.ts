import { expect, test } from "vitest"
import { call, curiousTelegram, newest } from "./telegram.ts"

const HOUR = 3600

test("a restriction ends at its until_date, also for somebody who left meanwhile", async () => {
  const telegram = await curiousTelegram()
  const [ben, cem] = [telegram.user("Ben"), telegram.user("Cem")]
  const group = telegram.group("Team", { members: [telegram.user("Ana"), ben, cem] })
  const until = Math.floor(telegram.now / 1000) + HOUR
  for (const one of [ben, cem]) await group.restrict(one, {}, until)
  await cem.leave(group)
  await telegram.advance((HOUR - 1) * 1000)
  await expect(ben.in(group).send("Hi")).rejects.toThrow("Ben is restricted, and may not send text messages to Team.")
  await telegram.advance(1000)
  await ben.in(group).send("Hi")
  expect(group.chat.members.get(cem.id)?.status).toBe("left")
})

test("a ban ends at its until_date; who was banned may come back then, but is not in", async () => {
  const telegram = await curiousTelegram()
  const ben = telegram.user("Ben")
  const group = telegram.group("Team", { members: [telegram.user("Ana"), ben], administrators: [telegram.bot] })
  const until_date = Math.floor(telegram.now / 1000) + HOUR
  await call(telegram, "banChatMember", { chat_id: group.id, user_id: ben.id, until_date })
  expect(newest(telegram.bot, "chat_member").new_chat_member).toMatchObject({ status: "kicked", until_date })
  await expect(ben.join(group)).rejects.toThrow("Ben is banned from Team.")
  await telegram.advance(HOUR * 1000)
  expect(await call(telegram, "getChatMember", { chat_id: group.id, user_id: ben.id })).toMatchObject({
    status: "left",
  })
  await ben.join(group)
  await ben.in(group).send("Back again")
})

test("a newer restriction does not end with an older one", async () => {
  const telegram = await curiousTelegram()
  const ben = telegram.user("Ben")
  const group = telegram.group("Team", { members: [telegram.user("Ana"), ben] })
  await group.restrict(ben, {}, Math.floor(telegram.now / 1000) + HOUR)
  await group.restrict(ben)
  await telegram.advance(2 * HOUR * 1000)
  await expect(ben.in(group).send("Hi")).rejects.toThrow("Ben is restricted")
})

test("what setChatPermissions forbids stops people and bots that are plain members, each sort of message by itself", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const ben = telegram.user("Ben")
  const group = telegram.group("Team", { owner: ana, members: [ben], administrators: [telegram.bot] })
  const permissions = { can_send_messages: true }
  await call(telegram, "setChatPermissions", { chat_id: group.id, permissions })
  const photo = Buffer.from("x")
  await expect(ben.in(group).send({ photo })).rejects.toThrow("Ben is restricted, and may not send photos to Team.")
  await ben.in(group).send("words")
  await ana.in(group).send({ photo })
  const sending = () => call(telegram, "sendPhoto", { chat_id: group.id, photo: "https://example.org/x.jpg" })
  await sending()
  await group.demote(telegram.bot)
  await expect(sending()).rejects.toThrow("Bad Request: not enough rights to send photos to the chat")
})
