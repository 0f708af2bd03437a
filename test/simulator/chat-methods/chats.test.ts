import type { Message } from "@grammyjs/types"
import { beforeEach, describe, expect, test } from "vitest"
import type { Chat } from "../../../packages/simulator/src/chats/chat.ts"
import { requestToJoin } from "../../../packages/simulator/src/chats/join.ts"
import { ana, ben, Scene, upload } from "../methods/scene.ts"

const id = -1_001_000_000_001
const forumId = -1_001_000_000_002
let scene: Scene
let room: Chat

beforeEach(() => {
  scene = new Scene()
  room = scene.room(id, "supergroup", {}, {})
})

const getChat = (chat_id = id) => scene.ask("getChat", { chat_id })
const lastUpdate = () => scene.updates().at(-1)
const plain = () => scene.room(-1_001_000_000_003, "supergroup").id

describe("what a chat is called", () => {
  test("a title is tidied, the group is told, and so is the bot itself (facts, 7.4)", () => {
    expect(scene.ask("setChatTitle", { chat_id: id, title: "  Plans \n today " })).toBe(true)
    expect(getChat()).toMatchObject({ id, type: "supergroup", title: "Plans today" })
    expect(lastUpdate()).toMatchObject([
      "message",
      { from: { id: scene.bot.id }, chat: { title: "Plans today" }, new_chat_title: "Plans today" },
    ])
  })

  test("a description can be set once, and taken away", () => {
    scene.ask("setChatDescription", { chat_id: id, description: "About" })
    expect(getChat()).toMatchObject({ description: "About" })
    expect(scene.fails("setChatDescription", { chat_id: id, description: "About" })).toBe(
      "400 Bad Request: chat description is not modified",
    )
    scene.ask("setChatDescription", { chat_id: id })
    expect(getChat()).not.toHaveProperty("description")
  })

  test("a photo must be uploaded", () => {
    scene.ask("setChatPhoto", { chat_id: id }, { photo: upload("me.jpg", "image/jpeg") })
    expect(getChat()).toMatchObject({ photo: { small_file_id: expect.any(String) } })
    expect(lastUpdate()).toMatchObject([
      "message",
      {
        new_chat_photo: expect.arrayContaining([expect.objectContaining({ width: 640, file_id: expect.any(String) })]),
      },
    ])
    scene.ask("deleteChatPhoto", { chat_id: id })
    expect(getChat()).not.toHaveProperty("photo")
    expect(scene.fails("setChatPhoto", { chat_id: id })).toBe("400 Bad Request: there is no photo in the request")
    expect(scene.fails("setChatPhoto", { chat_id: id, photo: "AgACAg" })).toBe(
      "400 Bad Request: photo must be uploaded as an InputFile",
    )
  })

  test("permissions are for groups", () => {
    scene.ask("setChatPermissions", { chat_id: id, permissions: { can_send_messages: true } })
    expect(getChat()).toMatchObject({ permissions: { can_send_messages: true, can_send_photos: false } })
    const channel = scene.room(-1_001_000_000_004, "channel", {}, {})
    expect(scene.fails("setChatPermissions", { chat_id: channel.id, permissions: {} })).toBe(
      "400 Bad Request: can't change channel chat permissions",
    )
  })

  test.each([
    ["setChatTitle", { title: "x" }, "not enough rights to change chat title"],
    ["setChatDescription", { description: "x" }, "not enough rights to set chat description"],
    ["deleteChatPhoto", {}, "not enough rights to change chat photo"],
    ["setChatPermissions", { permissions: {} }, "not enough rights to change chat permissions"],
    ["setChatStickerSet", { sticker_set_name: "x" }, "not enough rights to change supergroup sticker set"],
    ["pinChatMessage", { message_id: 1 }, "not enough rights to manage pinned messages in the chat"],
    ["exportChatInviteLink", {}, "not enough rights to manage chat invite link"],
    ["approveChatJoinRequest", { user_id: 1001 }, "not enough rights to manage chat join requests"],
  ])("%s fails without the right to", (method, given, problem) => {
    const chat_id = plain()
    scene.world.post(scene.world.chats.get(chat_id) as Chat, { user: ana }, { text: "x" })
    expect(scene.fails(method, { chat_id, ...given })).toBe(`400 Bad Request: ${problem}`)
  })

  test.each([
    ["setChatTitle", { title: "x" }, "can't change private chat title"],
    ["setChatDescription", { description: "x" }, "can't change private chat description"],
    ["setChatPermissions", { permissions: {} }, "can't change private chat permissions"],
    ["createChatInviteLink", {}, "can't invite members to a private chat"],
    ["approveChatJoinRequest", { user_id: 1001 }, "the chat can't have join requests"],
    ["createForumTopic", { name: "x" }, "the chat is not a forum"],
    ["setChatStickerSet", {}, "method is available only for supergroups"],
  ])("%s fails in a private chat", (method, given, problem) => {
    expect(scene.fails(method, { chat_id: ana.id, ...given })).toBe(`400 Bad Request: ${problem}`)
  })

  test("a private chat tells of its person", () => {
    expect(getChat(ana.id)).toMatchObject({
      id: ana.id,
      type: "private",
      first_name: "Ana",
      active_usernames: ["ana"],
      max_reaction_count: 11,
    })
    expect(scene.fails("getChat", { chat_id: 5 })).toBe("400 Bad Request: chat not found")
  })
})

describe("pinned messages", () => {
  test("getChat tells the last, and the bot is told of what it pinned", () => {
    const [first, second] = [scene.said("1", room), scene.said("2", room)]
    for (const { message_id } of [first, second]) scene.ask("pinChatMessage", { chat_id: id, message_id })
    expect(lastUpdate()).toMatchObject(["message", { pinned_message: { message_id: second.message_id, text: "2" } }])
    expect(getChat()).toMatchObject({ pinned_message: { text: "2" } })
    scene.ask("unpinChatMessage", { chat_id: id })
    expect(getChat()).toMatchObject({ pinned_message: { text: "1" } })
    scene.ask("unpinAllChatMessages", { chat_id: id })
    expect(getChat()).not.toHaveProperty("pinned_message")
    expect(scene.fails("unpinChatMessage", { chat_id: id })).toBe("400 Bad Request: message to unpin not found")
  })

  test("what is pinned again is on top, without another service message", () => {
    const [first, second] = [scene.said("1", room), scene.said("2", room)]
    const pin = ({ message_id }: Message) => scene.ask("pinChatMessage", { chat_id: id, message_id })
    pin(first)
    pin(second)
    const before = room.messages.length
    pin(first)
    expect(room.messages).toHaveLength(before)
    expect(getChat()).toMatchObject({ pinned_message: { text: "1" } })
  })

  test("a bot may pin in private chats; a message that is not there it may not", () => {
    const { message_id } = scene.said("hi")
    expect(scene.ask("pinChatMessage", { chat_id: ana.id, message_id })).toBe(true)
    expect(scene.fails("pinChatMessage", { chat_id: id, message_id: 99 })).toBe(
      "400 Bad Request: message to pin not found",
    )
  })
})

describe("invitations", () => {
  test("a link is made, edited and revoked", () => {
    const link = scene.ask("createChatInviteLink", { chat_id: id, name: "Friends", member_limit: 5 })
    expect(link).toMatchObject({
      invite_link: expect.stringMatching(/^https:\/\/t\.me\/\+/),
      creator: { id: scene.bot.id },
      name: "Friends",
      member_limit: 5,
      creates_join_request: false,
      is_primary: false,
      is_revoked: false,
    })
    const { invite_link } = link
    const edited = scene.ask("editChatInviteLink", { chat_id: id, invite_link, expire_date: 5 })
    expect(edited).toMatchObject({ invite_link, expire_date: 5 })
    expect(edited).not.toHaveProperty("name")
    expect(scene.ask("revokeChatInviteLink", { chat_id: id, invite_link })).toMatchObject({ is_revoked: true })
    expect(scene.fails("editChatInviteLink", { chat_id: id, invite_link })).toBe("400 Bad Request: INVITE_HASH_EXPIRED")
    expect(scene.fails("createChatInviteLink", { chat_id: id, creates_join_request: true, member_limit: 1 })).toBe(
      "400 Bad Request: member limit can't be specified for links requiring administrator approval",
    )
  })

  test("exporting gives a new primary link in the place of the old one, which getChat tells", () => {
    const first = scene.ask("exportChatInviteLink", { chat_id: id })
    const second = scene.ask("exportChatInviteLink", { chat_id: id })
    expect(second).not.toBe(first)
    expect(getChat()).toMatchObject({ invite_link: second })
    expect(room.inviteLinks.get(first)).toMatchObject({ is_revoked: true })
  })

  test("who asks to be let in is let in, or not", () => {
    requestToJoin(scene.world, room, ben, {})
    expect(scene.updates().map(([kind]) => kind)).toContain("chat_join_request")
    expect(scene.ask("approveChatJoinRequest", { chat_id: id, user_id: ben.id })).toBe(true)
    expect(room.has(ben.id)).toBe(true)
    expect(lastUpdate()).toMatchObject(["message", { new_chat_members: [{ id: ben.id }] }])
    const again = { chat_id: id, user_id: ben.id }
    expect(scene.fails("approveChatJoinRequest", again)).toBe("400 Bad Request: USER_ALREADY_PARTICIPANT")
    room.setMember(ben, { status: "left", user: ben })
    requestToJoin(scene.world, room, ben, {})
    expect(scene.ask("declineChatJoinRequest", again)).toBe(true)
    expect(room.has(ben.id)).toBe(false)
    expect(scene.fails("declineChatJoinRequest", again)).toBe("400 Bad Request: HIDE_REQUESTER_MISSING")
  })
})

describe("topics", () => {
  let forum: Chat
  const topicOf = (given: object) => scene.ask("createForumTopic", { chat_id: forumId, ...given })
  beforeEach(() => {
    forum = scene.room(forumId, "supergroup", { is_forum: true }, { can_manage_topics: true })
  })

  test("a topic's number is that of the message that opens it, and messages can go there", () => {
    const topic = topicOf({ name: "Plans", icon_color: 7322096 })
    expect(topic).toEqual({ message_thread_id: 2, name: "Plans", icon_color: 7322096 })
    expect(lastUpdate()).toMatchObject([
      "message",
      { message_id: 2, message_thread_id: 2, is_topic_message: true, forum_topic_created: { name: "Plans" } },
    ])
  })

  test("it is renamed, closed, opened and deleted", () => {
    topicOf({ name: "First" })
    const { message_thread_id } = topicOf({ name: "Plans" })
    const there = { chat_id: forumId, message_thread_id }
    scene.ask("editForumTopic", { ...there, name: "Dates" })
    expect(lastUpdate()).toMatchObject(["message", { message_thread_id, forum_topic_edited: { name: "Dates" } }])
    expect(scene.fails("editForumTopic", { ...there, name: "Dates" })).toBe("400 Bad Request: TOPIC_NOT_MODIFIED")
    scene.ask("closeForumTopic", there)
    expect(lastUpdate()).toMatchObject(["message", { message_thread_id, forum_topic_closed: {} }])
    expect(scene.fails("closeForumTopic", there)).toBe("400 Bad Request: TOPIC_NOT_MODIFIED")
    scene.ask("reopenForumTopic", there)
    expect(lastUpdate()).toMatchObject(["message", { message_thread_id, forum_topic_reopened: {} }])
    scene.call("sendMessage", { ...there, text: "in it" })
    scene.ask("deleteForumTopic", there)
    expect(forum.messages.map((message) => message.message_thread_id)).toEqual([2])
    expect(scene.fails("editForumTopic", { ...there, name: "x" })).toBe("400 Bad Request: TOPIC_ID_INVALID")
  })

  test("the general topic", () => {
    const there = { chat_id: forumId }
    scene.ask("editGeneralForumTopic", { ...there, name: "All" })
    expect(lastUpdate()).toMatchObject(["message", { forum_topic_edited: { name: "All" } }])
    scene.ask("closeGeneralForumTopic", there)
    scene.ask("hideGeneralForumTopic", there)
    expect(forum.info.general).toEqual({ name: "All", closed: true, hidden: true })
    expect(lastUpdate()).toMatchObject(["message", { general_forum_topic_hidden: {} }])
    scene.ask("unhideGeneralForumTopic", there)
    scene.ask("reopenGeneralForumTopic", there)
    expect(forum.info.general).toEqual({ name: "All", closed: false, hidden: false })
  })

  test("who made a topic may change it; others need the right to, and no permission gives it to a bot", () => {
    const mine = topicOf({ name: "Mine" }).message_thread_id
    const bot = scene.world.users.get(scene.bot.id)
    if (bot) forum.setMember(bot)
    forum.info.permissions.can_manage_topics = true
    expect(scene.fails("createForumTopic", { chat_id: forumId, name: "x" })).toBe(
      "400 Bad Request: not enough rights to create a topic",
    )
    const theirs = scene.world.post(forum, { user: ana }, { forum_topic_created: { name: "Hers", icon_color: 1 } }).id
    forum.topics.set(theirs, { message_thread_id: theirs, name: "Hers", icon_color: 1 })
    const close = (message_thread_id: number) => scene.fails("closeForumTopic", { chat_id: forumId, message_thread_id })
    expect(close(mine)).toBe("did not fail")
    expect(close(theirs)).toBe("400 Bad Request: not enough rights to close or open the topic")
  })

  test.each([
    [{ name: " " }, "name must be non-empty"],
    [{ name: "x", icon_color: 5 }, "TOPIC_ICON_COLOR_INVALID"],
    [{ name: "x", chat_id: id }, "the chat is not a forum"],
  ])("%j makes none", (given, problem) => {
    expect(scene.fails("createForumTopic", { chat_id: forumId, ...given })).toBe(`400 Bad Request: ${problem}`)
  })
})
