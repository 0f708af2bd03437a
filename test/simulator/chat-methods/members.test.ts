import type { ChatMemberUpdated } from "@grammyjs/types"
import { beforeEach, describe, expect, test } from "vitest"
import type { Chat } from "../../../packages/simulator/src/chats/chat.ts"
import { administrator } from "../../../packages/simulator/src/chats/rights.ts"
import { allowedByDefault } from "../../../packages/simulator/src/updates/kinds.ts"
import { ana, ben, Scene, start } from "../methods/scene.ts"

const id = -1_001_000_000_001
let scene: Scene
let room: Chat

beforeEach(() => {
  scene = new Scene()
  room = scene.room(id, "supergroup", {}, { can_promote_members: true })
  room.setMember(ben, { status: "creator", user: ben, is_anonymous: false })
})

const inRoom = { chat_id: id, user_id: ana.id }
const member = (user_id = ana.id) => scene.ask("getChatMember", { chat_id: id, user_id })
const withoutRights = () => scene.room(id - 1, "supergroup")

describe("who is in a chat", () => {
  test("getChatMember tells of members, of who left, and of nobody else", () => {
    expect(member()).toMatchObject({ status: "member", user: { id: ana.id } })
    expect(member(ben.id)).toEqual({ status: "creator", user: ben, is_anonymous: false })
    scene.world.users.set(5, { id: 5, is_bot: false, first_name: "Eva" })
    expect(member(5)).toEqual({ status: "left", user: { id: 5, is_bot: false, first_name: "Eva" } })
    expect(scene.fails("getChatMember", { chat_id: id, user_id: 6 })).toBe("400 Bad Request: PARTICIPANT_ID_INVALID")
    expect(scene.fails("getChatMember", { chat_id: id })).toBe("400 Bad Request: invalid user_id specified")
  })

  test("getChatMemberCount counts those inside", () => {
    expect(scene.ask("getChatMemberCount", { chat_id: id })).toBe(3)
    scene.ask("banChatMember", inRoom)
    expect(scene.ask("getChatMemberCount", { chat_id: id })).toBe(2)
    expect(scene.ask("getChatMemberCount", { chat_id: ana.id })).toBe(2)
  })

  test("getChatAdministrators leaves out other bots, and private chats have none", () => {
    const other = scene.world.addBot("4300:AAF-secret-of-the-simulated-bot-0002")
    room.setMember(other.user, administrator(room, other.user))
    const ids = (result: { user: { id: number } }[]) => result.map(({ user }) => user.id)
    expect(ids(scene.ask("getChatAdministrators", { chat_id: id }))).toEqual([scene.bot.id, ben.id])
    expect(ids(scene.ask("getChatAdministrators", { chat_id: id, return_bots: true }))).toContain(other.id)
    expect(scene.fails("getChatAdministrators", { chat_id: ana.id })).toBe(
      "400 Bad Request: there are no administrators in the private chat",
    )
  })
})

describe("banning", () => {
  test("who is banned is out, the group is told, and so are bots that want chat_member (facts, 9)", () => {
    scene.bot.allowed = new Set([...allowedByDefault, "chat_member"])
    expect(scene.ask("banChatMember", inRoom)).toBe(true)
    expect(member()).toMatchObject({ status: "kicked", until_date: 0 })
    const updates = new Map(scene.updates())
    expect(updates.get("message")).toMatchObject({ from: { id: scene.bot.id }, left_chat_member: { id: ana.id } })
    const change = updates.get("chat_member") as ChatMemberUpdated
    expect(change).toMatchObject({ from: { id: scene.bot.id }, old_chat_member: { status: "member" } })
    expect(change.new_chat_member).toMatchObject({ status: "kicked", user: { id: ana.id } })
  })

  test.each([
    [start + 60, start + 60],
    [start + 10, 0],
    [start + 400 * 86_400, 0],
  ])("until_date %i is kept as %i: too soon and too late are for ever", (until_date, kept) => {
    scene.ask("banChatMember", { ...inRoom, until_date })
    expect(member()).toMatchObject({ until_date: kept })
  })

  test("unbanning lets somebody come back; of a member it makes somebody who left", () => {
    scene.ask("banChatMember", inRoom)
    scene.ask("unbanChatMember", inRoom)
    expect(member().status).toBe("left")
    room.setMember(ana)
    scene.ask("unbanChatMember", { ...inRoom, only_if_banned: true })
    expect(member().status).toBe("member")
    scene.ask("unbanChatMember", inRoom)
    expect(member().status).toBe("left")
  })

  test("it fails without the right to, of the owner, of administrators that others made, and of itself", () => {
    const ban = (user_id: number, chat_id = id) => scene.fails("banChatMember", { chat_id, user_id })
    expect(ban(ana.id, withoutRights().id)).toBe(
      "400 Bad Request: not enough rights to restrict/unrestrict chat member",
    )
    expect(ban(ben.id)).toBe("400 Bad Request: can't remove chat owner")
    expect(ban(scene.bot.id)).toBe("400 Bad Request: can't restrict self")
    room.setMember(ana, administrator(room, ana))
    expect(ban(ana.id)).toBe("400 Bad Request: user is an administrator of the chat")
    expect(ban(ana.id, ana.id)).toBe("400 Bad Request: can't ban members in private chats")
  })

  test("channels that write in a group can be banned", () => {
    const channel = scene.room(-1_001_000_000_009, "channel")
    scene.ask("banChatSenderChat", { chat_id: id, sender_chat_id: channel.id })
    expect(room.info.bannedSenders).toEqual(new Set([channel.id]))
    scene.ask("unbanChatSenderChat", { chat_id: id, sender_chat_id: channel.id })
    expect(room.info.bannedSenders).toEqual(new Set())
    expect(scene.fails("banChatSenderChat", { chat_id: id, sender_chat_id: -5 })).toBe(
      "400 Bad Request: chat not found",
    )
  })
})

describe("restricting", () => {
  const restrict = (permissions: object, more = {}) =>
    scene.ask("restrictChatMember", { ...inRoom, permissions, ...more })

  test("what is not permitted is forbidden, and some permissions bring others with them", () => {
    restrict({ can_send_polls: true, can_pin_messages: true })
    expect(member()).toMatchObject({
      status: "restricted",
      is_member: true,
      can_send_messages: true,
      can_send_polls: true,
      can_send_photos: false,
      can_pin_messages: true,
      can_manage_topics: true,
    })
    restrict({ can_send_polls: true }, { use_independent_chat_permissions: true })
    expect(member()).toMatchObject({ can_send_messages: false, can_send_polls: true })
    restrict({ can_send_other_messages: true })
    expect(member()).toMatchObject({ can_send_messages: true, can_send_photos: true, can_send_polls: false })
  })

  test("all permissions make a plain member again", () => {
    restrict({})
    restrict({
      can_send_other_messages: true,
      can_add_web_page_previews: true,
      can_send_polls: true,
      can_change_info: true,
      can_invite_users: true,
      can_pin_messages: true,
      can_react_to_messages: true,
    })
    expect(member().status).toBe("member")
  })

  test("it fails outside of supergroups, and with permissions that are none", () => {
    const group = scene.room(-77, "group", {}, {})
    expect(scene.fails("restrictChatMember", { chat_id: group.id, user_id: ana.id, permissions: {} })).toBe(
      "400 Bad Request: method is available only for supergroups",
    )
    expect(scene.fails("restrictChatMember", { ...inRoom, permissions: [] })).toBe(
      "400 Bad Request: object expected as permissions",
    )
    expect(scene.fails("restrictChatMember", { ...inRoom, permissions: { can_send_messages: 1 } })).toBe(
      `400 Bad Request: can't parse chat permissions: Field "can_send_messages" must be of type Boolean`,
    )
  })
})

describe("promoting", () => {
  test("gives the rights that are named, and none takes them all away", () => {
    scene.ask("promoteChatMember", { ...inRoom, can_pin_messages: true })
    expect(member()).toMatchObject({
      status: "administrator",
      can_be_edited: true,
      can_manage_chat: true,
      can_pin_messages: true,
      can_delete_messages: false,
    })
    expect(member()).not.toHaveProperty("can_post_messages")
    scene.ask("setChatAdministratorCustomTitle", { ...inRoom, custom_title: "Queen" })
    expect(member()).toMatchObject({ custom_title: "Queen" })
    scene.ask("promoteChatMember", inRoom)
    expect(member()).toEqual({ status: "member", user: expect.objectContaining({ id: ana.id }) })
  })

  test("it fails without the right to, with rights that the bot has not, and of who is not inside", () => {
    const promote = (given: object) => scene.fails("promoteChatMember", { ...inRoom, can_pin_messages: true, ...given })
    expect(promote({ chat_id: withoutRights().id })).toBe("400 Bad Request: not enough rights")
    expect(promote({ user_id: scene.bot.id })).toBe("400 Bad Request: can't promote self")
    expect(promote({ user_id: ben.id })).toBe("400 Bad Request: can't remove chat owner")
    expect(promote({ can_manage_topics: true })).toBe("400 Bad Request: RIGHT_FORBIDDEN")
    scene.ask("banChatMember", inRoom)
    expect(promote({})).toBe("400 Bad Request: USER_NOT_PARTICIPANT")
    expect(promote({ chat_id: ana.id })).toBe(
      "400 Bad Request: method is available for supergroup and channel chats only",
    )
  })

  test("a title is for administrators that the bot made", () => {
    const title = () => scene.fails("setChatAdministratorCustomTitle", { ...inRoom, custom_title: "x" })
    expect(title()).toBe("400 Bad Request: user is not an administrator")
    room.setMember(ana, administrator(room, ana))
    expect(title()).toBe("400 Bad Request: not enough rights to change custom title of the user")
  })
})

test("leaving: the bot is told by my_chat_member, and may not write any more", () => {
  expect(scene.ask("leaveChat", { chat_id: id })).toBe(true)
  const updates = new Map(scene.updates())
  expect(updates.get("my_chat_member")).toMatchObject({ new_chat_member: { status: "left" } })
  expect(updates.get("message")).toMatchObject({ left_chat_member: { id: scene.bot.id } })
  expect(scene.fails("sendMessage", { chat_id: id, text: "x" })).toBe(
    "403 Forbidden: bot is not a member of the supergroup chat",
  )
  expect(scene.fails("leaveChat", { chat_id: ana.id })).toBe("400 Bad Request: can't leave private chats")
})
