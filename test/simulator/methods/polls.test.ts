import type { Message } from "@grammyjs/types"
import { expect, test } from "vitest"
import { ana, ben, Scene, start } from "./scene.ts"

const plain = { chat_id: ana.id, question: "Lunch?", options: ["Soup", "Salad"] }

/** The poll that a message shows. */
function pollOf(scene: Scene, { poll }: Message) {
  const found = scene.world.polls.get(poll?.id ?? "")
  if (!found) throw new Error("There is no poll")
  return found
}

test("sendPoll returns the poll without votes", () => {
  const message = new Scene().call("sendPoll", plain)
  expect(message.poll).toEqual({
    id: expect.stringMatching(/^\d+$/) as string,
    question: "Lunch?",
    options: [
      { persistent_id: "0", text: "Soup", voter_count: 0 },
      { persistent_id: "1", text: "Salad", voter_count: 0 },
    ],
    total_voter_count: 0,
    is_closed: false,
    is_anonymous: true,
    type: "regular",
    allows_multiple_answers: false,
    allows_revoting: true,
    members_only: false,
  })
})

test("a vote changes all messages that show the poll, and the bot is told of it by poll and poll_answer", () => {
  const scene = new Scene()
  const message = scene.call("sendPoll", { ...plain, is_anonymous: false })
  const from = { chat_id: ana.id, from_chat_id: ana.id, message_id: message.message_id }
  scene.call("forwardMessage", from)
  pollOf(scene, message).vote({ user: ana }, [1])
  const [answer, poll] = scene.updates()
  expect(answer).toEqual([
    "poll_answer",
    { poll_id: message.poll?.id, user: ana, option_ids: [1], option_persistent_ids: ["1"] },
  ])
  expect(poll).toMatchObject(["poll", { total_voter_count: 1, options: [{ voter_count: 0 }, { voter_count: 1 }] }])
  expect(scene.chat.messages.map((one) => one.poll?.total_voter_count)).toEqual([1, 1])
  expect(scene.chat.messages[0]).not.toHaveProperty("edit_date")
  pollOf(scene, message).vote({ user: ana }, [])
  expect(scene.updates().at(-2)).toMatchObject(["poll_answer", { option_ids: [] }])
})

test("of an anonymous poll the bot learns only the numbers, also when a copy is voted for", () => {
  const scene = new Scene()
  const message = scene.call("sendPoll", plain)
  pollOf(scene, message).vote({ user: ana }, [0])
  expect(scene.updates().map(([kind]) => kind)).toEqual(["poll"])
  scene.call("copyMessage", { chat_id: ana.id, from_chat_id: ana.id, message_id: message.message_id })
  const copy = scene.chat.messages.at(-1)?.poll
  expect(copy).toMatchObject({ question: "Lunch?", total_voter_count: 0 })
  expect(copy?.id).not.toBe(message.poll?.id)
})

test("votes that the poll does not allow are errors of the test", () => {
  const scene = new Scene()
  const poll = pollOf(scene, scene.call("sendPoll", { ...plain, type: "quiz", correct_option_ids: [0] }))
  expect(() => poll.vote({ user: ana }, [0, 1])).toThrow("only one answer")
  expect(() => poll.vote({ user: ana }, [2])).toThrow("only 2 options")
  poll.vote({ user: ana }, [0])
  expect(() => poll.vote({ user: ana }, [1])).toThrow("does not allow to change")
  poll.close()
  expect(() => poll.vote({ user: ben }, [1])).toThrow("closed")
})

test("stopPoll closes the poll and returns it; the bot is told of that once", () => {
  const scene = new Scene()
  const reply_markup = { inline_keyboard: [[{ text: "A", callback_data: "a" }]] }
  const same = scene.call("sendPoll", { ...plain, reply_markup }).message_id
  expect(scene.ask("stopPoll", { chat_id: ana.id, message_id: same, reply_markup })).toMatchObject({ is_closed: true })
  const { message_id } = scene.call("sendPoll", {
    ...plain,
    description: "Today",
    type: "quiz",
    correct_option_ids: [1],
  })
  const stopped = scene.ask("stopPoll", { chat_id: ana.id, message_id, reply_markup })
  expect(stopped).toMatchObject({ is_closed: true, correct_option_ids: [1] })
  expect(scene.chat.messages[1]).toMatchObject({ poll: stopped, reply_markup })
  expect(scene.updates().slice(1)).toEqual([["poll", expect.not.objectContaining({ description: "Today" })]])
  expect(scene.fails("stopPoll", { chat_id: ana.id, message_id })).toBe("400 Bad Request: poll has already been closed")
})

test("a poll with an open_period closes by itself", async () => {
  const scene = new Scene()
  const message = scene.call("sendPoll", { ...plain, open_period: 60 })
  expect(message.poll).toMatchObject({ open_period: 60, close_date: start + 60 })
  await scene.clock.advance(59_000)
  expect(scene.updates()).toEqual([])
  await scene.clock.advance(1000)
  expect(scene.updates()).toMatchObject([["poll", { is_closed: true }]])
})

test("stopPoll needs a poll that the bot sent", () => {
  const scene = new Scene()
  const { message_id } = scene.call("sendMessage", { chat_id: ana.id, text: "x" })
  expect(scene.fails("stopPoll", { chat_id: ana.id, message_id })).toBe("400 Bad Request: message is not a poll")
  expect(scene.fails("stopPoll", { chat_id: ana.id, message_id: 9 })).toBe(
    "400 Bad Request: message with poll to stop not found",
  )
})

test.each([
  [{ options: "x" }, "can't parse options JSON object"],
  [{ options: {} }, "expected an Array of String as options"],
  [{ options: [1] }, "expected an option to be of type String"],
  [{ options: [{}] }, 'can\'t find field "text"'],
  [{ options: [] }, "poll must have at least one answer option"],
  [{ options: ["a", " "] }, "poll option must be non-empty"],
  [{ options: ["x".repeat(101)] }, "poll options length must not exceed 100"],
  [{ options: Array.from({ length: 13 }, (_, index) => `${index}`) }, "poll can't have more than 12 options"],
  [{ question: " " }, "text must be non-empty"],
  [{ type: "vote" }, "unsupported poll type specified"],
  [{ type: "quiz" }, "correct quiz option list must be non-empty"],
  [{ type: "quiz", correct_option_ids: [1, 0] }, "correct quiz option list must be increasing"],
  [{ type: "quiz", correct_option_ids: [2] }, "wrong quiz correct_option_id"],
  [{ type: "quiz", correct_option_ids: ["0"] }, "correct option identifier must be of type Number"],
  [{ country_codes: ["DE"] }, "poll voters can be restricted only in channel chats"],
])("sendPoll with %j fails as on Telegram", (given, reason) => {
  expect(new Scene().fails("sendPoll", { ...plain, ...given })).toBe(`400 Bad Request: ${reason}`)
})
