import type { Message } from "@grammyjs/types"
import { ApiError, type Simulator } from "@hookgram/simulator"
import type { Group } from "../../../packages/simulator/src/people/group.ts"
import type { Person } from "../../../packages/simulator/src/people/person.ts"
import { picture } from "./script.ts"

/** Who takes part. */
interface Scene {
  readonly telegram: Simulator
  readonly ana: Person
  readonly ben: Person
  readonly team: Group
}

/** One step of the conversation: what somebody does, and what they see of the bot thereupon. */
interface Step {
  readonly name: string
  /** Returns what was seen, in short. */
  readonly act: (scene: Scene) => Promise<string>
  readonly sees: string
  /** The kinds of the updates that the bot gets, in any order. */
  readonly kinds: readonly string[]
}

const patience = { timeout: 15_000 }

/** What a person sends, with the bot's next message. */
function ask(text: string): Step["act"] {
  return async ({ ana }) => {
    await ana.send(text)
    return inShort(await ana.nextReply(patience))
  }
}

export const conversation: readonly Step[] = [
  {
    name: "a command with formatting and buttons",
    act: ask("/start"),
    sees: "Welcome, Ana! {bold:Ana} [Plan A] [Plan B]",
    kinds: ["message"],
  },
  {
    name: "a button that edits its message",
    async act({ ana }) {
      const { text } = await (await ana.press("Plan A", patience)).answered(patience)
      return `${inShort(await ana.nextEdit(patience))}; ${text}`
    },
    sees: "You chose A [Plan A] [Plan B]; You chose A",
    kinds: ["callback_query"],
  },
  {
    name: "a button that changes nothing",
    async act({ ana }) {
      const { text, show_alert } = await (await ana.press("A", patience)).answered(patience)
      return `${text} (alert: ${show_alert})`
    },
    sees: "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message (alert: true)",
    kinds: ["callback_query"],
  },
  {
    name: "a picture, which the bot downloads",
    async act({ ana }) {
      await ana.send({ photo: picture, caption: "Look" })
      return inShort(await ana.nextReply(patience))
    },
    sees: `A picture of ${picture.length} bytes, the same`,
    kinds: ["message"],
  },
  {
    name: "a document that the bot uploads",
    act: ask("/report"),
    sees: "Here it is <report.csv, 19 bytes>",
    kinds: ["message"],
  },
  {
    name: "an album that the bot uploads",
    async act({ ana }) {
      await ana.send("/album")
      const [one, two] = [await ana.nextReply(patience), await ana.nextReply(patience)]
      const isAlbum = one.media_group_id !== undefined && one.media_group_id === two.media_group_id
      return `${inShort(one)}, ${inShort(two)}, ${isAlbum ? "together" : "apart"}`
    },
    sees: `Twice <photo, ${picture.length} bytes>, <photo, ${picture.length} bytes>, together`,
    kinds: ["message"],
  },
  {
    name: "an edited message",
    async act({ ana }) {
      const message = await ana.send("Helo")
      await ana.edit(message, "Hello")
      return inShort(await ana.nextReply(patience))
    },
    sees: "You changed it to: Hello",
    kinds: ["message", "edited_message"],
  },
  {
    name: "a message that the bot deletes",
    async act({ ana, telegram }) {
      const message = await ana.send("/forget")
      await telegram.until(() => !ana.messages.some(({ message_id }) => message_id === message.message_id), 15_000)
      return "gone"
    },
    sees: "gone",
    kinds: ["message"],
  },
  {
    name: "a poll, and a vote",
    async act({ ana }) {
      await ana.send("/poll")
      const { message_id, poll } = await ana.nextReply(patience)
      await ana.vote(message_id, [1])
      return `${poll?.question}; ${inShort(await ana.nextReply(patience))}`
    },
    sees: "Which plan?; You voted for option 1",
    kinds: ["message", "poll", "poll_answer"],
  },
  {
    name: "an inline query, and a result chosen",
    async act({ ana }) {
      const request = await ana.inline("plans")
      const { results } = await request.answered(patience)
      const chosen = await request.choose("first", patience)
      return `${results.map((one) => "title" in one && one.title).join()}; ${inShort(chosen)} via ${chosen.via_bot?.username}`
    },
    sees: "PLANS; plans {bold:plans} via simulated_bot",
    kinds: ["chosen_inline_result", "inline_query", "message"],
  },
  {
    name: "two people in a group",
    async act({ ana, ben, team }) {
      const [anas, bens] = [ana.in(team), ben.in(team)]
      const first = await anas.send("/hello")
      const toAna = await anas.nextReply(patience)
      const second = await bens.send("/hello@simulated_bot")
      await bens.nextReply(patience)
      const toBen = await bens.nextReply(patience)
      const areReplies = [toAna, toBen].map(({ reply_to_message }) => reply_to_message?.message_id)
      const right = areReplies.join() === [first, second].map(({ message_id }) => message_id).join()
      return `${inShort(toAna)}; ${inShort(toBen)}; as replies: ${right}`
    },
    sees: "Hello, Ana of Team; Hello, Ben of Team; as replies: true",
    kinds: ["message", "message"],
  },
  {
    name: "a chat that there is not",
    act: ask("/nobody"),
    sees: "400 Bad Request: chat not found",
    kinds: ["message"],
  },
  {
    name: "429, which the bot waits out",
    async act({ ana, telegram }) {
      const error = new ApiError(429, "Too Many Requests: retry after 1", { retry_after: 1 })
      telegram.refuse({ method: "sendMessage", error })
      await ana.send("/busy")
      const reply = inShort(await ana.nextReply(patience))
      const [refused, taken] = telegram.calls.filter(({ method }) => method === "sendMessage").slice(-2)
      const waited = (taken?.startedAt ?? 0) - (refused?.endedAt ?? Infinity) >= 900
      return `${reply}; ${refused?.answer?.description}; waited: ${waited}`
    },
    sees: "At last; Too Many Requests: retry after 1; waited: true",
    kinds: ["message"],
  },
]

/** A message as it looks. */
function inShort({ text, caption, entities, document, photo, reply_markup }: Message): string {
  const body = text ?? caption
  const marked = entities?.map(({ type, offset, length }) => `{${type}:${text?.slice(offset, offset + length)}}`) ?? []
  const buttons = reply_markup?.inline_keyboard.flat().map((button) => `[${button.text}]`) ?? []
  const file = document
    ? [`<${document.file_name}, ${document.file_size} bytes>`]
    : photo
      ? [`<photo, ${photo.at(-1)?.file_size} bytes>`]
      : []
  return [...(body === undefined ? [] : [body]), ...file, ...marked, ...buttons].join(" ")
}
