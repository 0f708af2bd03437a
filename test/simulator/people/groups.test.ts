import type { Message } from "@grammyjs/types"
import { expect, test } from "vitest"
import { call, curiousTelegram, newest, waiting, waitingKinds } from "./telegram.ts"

test("a new group has the bot added by its owner: my_chat_member, then the service message (facts, 9)", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const group = telegram.group("Team", { members: [ana] })
  expect(group.id).toBeLessThan(-1_000_000_000_000)
  expect(waitingKinds(telegram.bot)).toEqual(["my_chat_member", "message"])
  expect(newest(telegram.bot, "my_chat_member")).toMatchObject({
    from: ana.user,
    chat: { id: group.id, title: "Team", type: "supergroup" },
    old_chat_member: { status: "left" },
    new_chat_member: { status: "member", user: { id: telegram.bot.id } },
  })
  expect(newest(telegram.bot, "message").new_chat_members).toMatchObject([{ id: telegram.bot.id }])
})

test("ids are Telegram's: basic groups negative, supergroups and channels below -10^12 (facts, 2.2)", async () => {
  const telegram = await curiousTelegram()
  const group = telegram.group("Old", { type: "group" })
  expect(group.id).toBeLessThan(0)
  expect(group.id).toBeGreaterThan(-1_000_000_000_000)
  expect(telegram.channel("News").id).toBeLessThan(-1_000_000_000_000)
})

test("chat_member only comes to administrators (facts, 9)", async () => {
  const telegram = await curiousTelegram()
  const [ana, ben] = [telegram.user("Ana"), telegram.user("Ben")]
  const group = telegram.group("Team", { owner: ana })
  await ben.join(group)
  expect(waitingKinds(telegram.bot)).not.toContain("chat_member")
  await group.promote(telegram.bot)
  await ben.leave(group)
  expect(newest(telegram.bot, "chat_member")).toMatchObject({
    from: ben.user,
    old_chat_member: { status: "member" },
    new_chat_member: { status: "left" },
  })
})

test("who joins by a link brings it along; who is banned cannot join, and who is not in cannot write", async () => {
  const telegram = await curiousTelegram()
  const ben = telegram.user("Ben")
  const group = telegram.group("Team", { administrators: [telegram.bot] })
  await expect(ben.in(group).send("Hi")).rejects.toThrow("Ben is not in Team: join it first.")
  const link = await group.createInviteLink()
  await ben.join(group, { link })
  expect(newest(telegram.bot, "chat_member").invite_link).toEqual(link)
  expect((await ben.in(group).send("Hi")).text).toBe("Hi")
  await group.ban(ben)
  await expect(ben.join(group)).rejects.toThrow("Ben is banned from Team.")
})

test("somebody restricted may not write until that is over, even after coming back", async () => {
  const telegram = await curiousTelegram()
  const ben = telegram.user("Ben")
  const group = telegram.group("Team", { members: [telegram.user("Ana"), ben], administrators: [telegram.bot] })
  await group.restrict(ben)
  await expect(ben.in(group).send("Hi")).rejects.toThrow("Ben is restricted")
  await ben.leave(group)
  expect(newest(telegram.bot, "chat_member").new_chat_member).toMatchObject({ status: "restricted", is_member: false })
  await ben.join(group)
  await expect(ben.in(group).send("Hi")).rejects.toThrow("Ben is restricted")
  await group.demote(ben)
  await ben.in(group).send("Hi")
})

test("a bot that is removed is told so twice, and then no more", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const group = telegram.group("Team", { owner: ana })
  await group.ban(telegram.bot)
  expect(newest(telegram.bot, "my_chat_member").new_chat_member.status).toBe("kicked")
  expect(newest(telegram.bot, "message").left_chat_member?.id).toBe(telegram.bot.id)
  const before = waitingKinds(telegram.bot).length
  await ana.in(group).send("Are you still there?")
  expect(waitingKinds(telegram.bot)).toHaveLength(before)
})

test("with privacy mode a bot sees commands, mentions, replies to it and service messages", async () => {
  const telegram = await curiousTelegram()
  telegram.bot.user = { ...telegram.bot.user, can_read_all_group_messages: false }
  const ana = telegram.user("Ana")
  const group = telegram.group("Team", { members: [ana] })
  const here = ana.in(group)
  const mine = await call(telegram, "sendMessage", { chat_id: group.id, text: "Hi" })
  const seen = waitingKinds(telegram.bot).length
  await here.send("Hello all")
  await here.send({ photo: Buffer.from("x"), caption: "Look" })
  await here.send("/start@another_bot")
  expect(waitingKinds(telegram.bot)).toHaveLength(seen)
  await here.send("/start")
  await here.send("/start@Simulated_Bot")
  await here.send("Well, @simulated_bot?")
  await here.send({ text: "Yes", reply_to: mine })
  await group.rename("Crew")
  const told = waiting(telegram.bot).slice(seen) as [string, Message][]
  expect(told.map(([, message]) => message.text ?? message.new_chat_title)).toEqual([
    "/start",
    "/start@Simulated_Bot",
    "Well, @simulated_bot?",
    "Yes",
    "Crew",
  ])
})

test("a command without a name is for the bot that wrote last", async () => {
  const telegram = await curiousTelegram()
  const other = telegram.addBot({ username: "other_bot" })
  for (const bot of [telegram.bot, other]) bot.user = { ...bot.user, can_read_all_group_messages: false }
  const ana = telegram.user("Ana")
  const group = telegram.group("Team", { members: [ana], bots: [telegram.bot, other] })
  const seen = waitingKinds(other).length
  await ana.in(group).send("/start")
  expect(waitingKinds(other)).toHaveLength(seen + 1)
  await call(telegram, "sendMessage", { chat_id: group.id, text: "It is me" })
  await ana.in(group).send("/help")
  expect(waitingKinds(other)).toHaveLength(seen + 1)
  expect(newest(telegram.bot, "message").text).toBe("/help")
})

test("bots do not see each other's messages, but channel posts", async () => {
  const telegram = await curiousTelegram()
  const other = telegram.addBot({ username: "other_bot" })
  const bots = [telegram.bot, other]
  const [group, news] = [telegram.group("Team", { bots }), telegram.channel("News", { bots })]
  const seen = waitingKinds(other).length
  await call(telegram, "sendMessage", { chat_id: group.id, text: "Hi" })
  await call(telegram, "sendMessage", { chat_id: news.id, text: "Extra" })
  expect(waitingKinds(other).slice(seen)).toEqual(["channel_post"])
  expect(waitingKinds(telegram.bot)).not.toContain("channel_post")
})

test("a bot is told of its own service messages of some sorts (facts, 7.4)", async () => {
  const telegram = await curiousTelegram()
  const group = telegram.group("Team", { administrators: [telegram.bot] })
  await call(telegram, "setChatTitle", { chat_id: group.id, title: "Crew" })
  expect(newest(telegram.bot, "message")).toMatchObject({ new_chat_title: "Crew", from: { id: telegram.bot.id } })
})

test("a request to join: chat_join_request to a bot that may invite, which may then write to the person", async () => {
  const telegram = await curiousTelegram()
  const ben = telegram.user("Ben")
  const group = telegram.group("Team")
  await ben.requestToJoin(group)
  expect(waitingKinds(telegram.bot)).not.toContain("chat_join_request")
  await group.promote(telegram.bot, { can_invite_users: false })
  await ben.requestToJoin(group)
  expect(waitingKinds(telegram.bot)).not.toContain("chat_join_request")
  await group.promote(telegram.bot)
  await ben.requestToJoin(group, { bio: "Birds" })
  const request = newest(telegram.bot, "chat_join_request")
  expect(request).toMatchObject({ from: ben.user, user_chat_id: ben.id, bio: "Birds" })
  await call(telegram, "sendMessage", { chat_id: request.user_chat_id, text: "Why?" })
  expect((await ben.nextReply()).text).toBe("Why?")
  await call(telegram, "approveChatJoinRequest", { chat_id: group.id, user_id: ben.id })
  expect(newest(telegram.bot, "chat_member").via_join_request).toBe(true)
  await ben.in(group).send("Thank you")
})

test("a topic: what is written in it carries its message_thread_id, and replies are those in it", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const group = telegram.group("Team", { owner: ana, forum: true })
  const topic = await group.createTopic("Food")
  const created = newest(telegram.bot, "message")
  expect(created).toMatchObject({ message_id: topic.message_thread_id, message_thread_id: topic.message_thread_id })
  expect(created.forum_topic_created).toEqual({ name: "Food", icon_color: topic.icon_color })
  const here = ana.in(group).inTopic(topic)
  const written = await here.send("Pizza?")
  expect(written).toMatchObject({ is_topic_message: true, message_thread_id: topic.message_thread_id })
  await call(telegram, "sendMessage", { chat_id: group.id, text: "elsewhere" })
  const { message_thread_id } = topic
  await call(telegram, "sendMessage", { chat_id: group.id, message_thread_id, text: "one" })
  await call(telegram, "sendMessage", { chat_id: group.id, message_thread_id, text: "two" })
  const replies = [await ana.in(group).inTopic(topic).nextReply(), await ana.in(group).inTopic(topic).nextReply()]
  expect(replies.map(({ text }) => text)).toEqual(["one", "two"])
  expect((await ana.in(group).nextReply()).text).toBe("elsewhere")
})

test("a basic group becomes a supergroup: both tell the other's id, and the old one is closed", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const group = telegram.group("Team", { owner: ana, type: "group" })
  const old = group.chat
  await group.migrate()
  const [to, from] = waiting(telegram.bot).slice(-2) as [string, Message][]
  expect(to?.[1]).toMatchObject({ chat: { id: old.id, type: "group" }, migrate_to_chat_id: group.id })
  expect(from?.[1]).toMatchObject({
    chat: { id: group.id, type: "supergroup" },
    migrate_from_chat_id: old.id,
    message_id: 1,
  })
  await expect(ana.in({ chat: old }).send("Hi")).rejects.toThrow(`The group is now the supergroup ${group.id}.`)
  await expect(call(telegram, "sendMessage", { chat_id: old.id, text: "Hi" })).rejects.toThrow(
    "upgraded to a supergroup",
  )
  await ana.in(group).send("Hi")
  expect(newest(telegram.bot, "message").text).toBe("Hi")
})

test("anonymous administrators and channels have a placeholder in from (facts, 9)", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const group = telegram.group("Team", { owner: ana })
  const news = telegram.channel("News", { owner: ana })
  await ana.in(group).as(group).send("The management")
  expect(newest(telegram.bot, "message")).toMatchObject({
    from: { username: "GroupAnonymousBot" },
    sender_chat: { id: group.id },
  })
  await ana.in(group).as(news).send("The news")
  expect(newest(telegram.bot, "message")).toMatchObject({
    from: { username: "Channel_Bot" },
    sender_chat: { id: news.id },
  })
})

test("reactions: who reacted how comes to administrators of groups, only how many to those of channels (facts, 9)", async () => {
  const telegram = await curiousTelegram()
  const [ana, ben] = [telegram.user("Ana"), telegram.user("Ben")]
  const group = telegram.group("Team", { members: [ana, ben] })
  const message = await ana.in(group).send("Hi")
  await ben.in(group).react(message, "👍")
  expect(waitingKinds(telegram.bot)).not.toContain("message_reaction")
  await group.promote(telegram.bot)
  await ben.in(group).react(message)
  expect(newest(telegram.bot, "message_reaction")).toMatchObject({
    user: ben.user,
    message_id: message.message_id,
    old_reaction: [{ type: "emoji", emoji: "👍" }],
    new_reaction: [],
  })
  await ana.in(group).as(group).react(message, "🔥")
  const anonymous = newest(telegram.bot, "message_reaction")
  expect(anonymous.actor_chat?.id).toBe(group.id)
  expect(anonymous).not.toHaveProperty("user")
  const news = telegram.channel("News")
  const post = await news.post("Extra")
  for (const person of [ana, ben]) await person.in(news).react(post, "👍")
  await telegram.user("Cem").in(news).react(post, { type: "paid" })
  expect(newest(telegram.bot, "message_reaction_count").reactions).toEqual([
    { type: { type: "paid" }, total_count: 1 },
    { type: { type: "emoji", emoji: "👍" }, total_count: 2 },
  ])
})

test("what a bot reacts is told to nobody", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const { message_id } = await ana.send("Hi")
  await call(telegram, "setMessageReaction", {
    chat_id: ana.id,
    message_id,
    reaction: [{ type: "emoji", emoji: "👍" }],
  })
  expect(waitingKinds(telegram.bot)).toEqual(["message"])
})

test("a poll of a bot tells it of votes; a poll of a person does not", async () => {
  const telegram = await curiousTelegram()
  const [ana, ben] = [telegram.user("Ana"), telegram.user("Ben")]
  const group = telegram.group("Team", { members: [ana, ben] })
  const theirs = await ana.in(group).send({ poll: { question: "Lunch?", options: ["Yes", "No"], is_anonymous: false } })
  const seen = waitingKinds(telegram.bot).length
  await ben.in(group).vote(theirs, [0])
  expect(waitingKinds(telegram.bot)).toHaveLength(seen)
  expect(group.messages.at(-1)?.poll).toMatchObject({ total_voter_count: 1, options: [{ voter_count: 1 }, {}] })
  await expect(ben.in(group).vote(group.messages[0] as Message, [0])).rejects.toThrow("has no poll")
})

test("boosts come to administrators, and a supergroup says so", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const group = telegram.group("Team", { owner: ana })
  await ana.boost(group)
  expect(waitingKinds(telegram.bot)).not.toContain("chat_boost")
  expect(newest(telegram.bot, "message").boost_added).toEqual({ boost_count: 1 })
  await group.promote(telegram.bot)
  const boost = await ana.boost(group)
  expect(newest(telegram.bot, "chat_boost").boost).toEqual(boost)
  await ana.unboost(group)
  expect(waitingKinds(telegram.bot).filter((kind) => kind === "removed_chat_boost")).toHaveLength(2)
})

test("what somebody may not do fails with the reason", async () => {
  const telegram = await curiousTelegram()
  const [ana, ben] = [telegram.user("Ana"), telegram.user("Ben")]
  const group = telegram.group("Team", { members: [ana, ben], forum: true, administrators: [telegram.bot] })
  const news = telegram.channel("News", { owner: ana, members: [ben] })
  const message = await ana.in(group).send("Mine")
  await expect(ben.in(group).edit(message, "Ours")).rejects.toThrow("Ben cannot edit message")
  await expect(ben.in(group).delete(message)).rejects.toThrow("Ben cannot delete message")
  await expect(ben.in(news).send("Hi")).rejects.toThrow("Ben does not administer News.")
  await expect(ben.in(news).edit(await news.post("Extra"), "x")).rejects.toThrow("Ben cannot edit message")
  const topic = await group.createTopic("Food")
  await call(telegram, "closeForumTopic", { chat_id: group.id, message_thread_id: topic.message_thread_id })
  await expect(ben.in(group).inTopic(topic).send("Pizza")).rejects.toThrow("The topic is closed.")
  await ana.in(group).inTopic(topic).send("Pizza")
  await call(telegram, "setChatPermissions", { chat_id: group.id, permissions: { can_send_messages: false } })
  await expect(ben.in(group).send("Hi")).rejects.toThrow("Ben is restricted, and may not send text messages to Team.")
  await ana.in(group).delete(await ana.in(group).send("The owner may"))
})

test("a link that asks to be let in", async () => {
  const telegram = await curiousTelegram()
  const ben = telegram.user("Ben")
  const group = telegram.group("Team", { administrators: [telegram.bot] })
  await ben.join(group, { link: await group.createInviteLink({ creates_join_request: true }) })
  expect(newest(telegram.bot, "chat_join_request").from).toEqual(ben.user)
  await expect(ben.in(group).send("Hi")).rejects.toThrow("Ben is not in Team")
})

test("in groups a button of the keyboard sends a reply, so that a bot with privacy mode sees it", async () => {
  const telegram = await curiousTelegram()
  telegram.bot.user = { ...telegram.bot.user, can_read_all_group_messages: false }
  const ana = telegram.user("Ana")
  const group = telegram.group("Team", { members: [ana] })
  const reply_markup = { keyboard: [[{ text: "Tea" }]] }
  const { message_id } = await call(telegram, "sendMessage", { chat_id: group.id, text: "?", reply_markup })
  await ana.in(group).press("Tea")
  expect(newest(telegram.bot, "message")).toMatchObject({ text: "Tea", reply_to_message: { message_id } })
})
