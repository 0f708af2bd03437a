import type { Message } from "@grammyjs/types"
import type { World } from "../chats/world.ts"
import { createChannel } from "../people/channel.ts"
import type { ContentFields } from "../people/content.ts"
import { createGroup } from "../people/group.ts"
import type { Participant } from "../people/participant.ts"
import { createUser, personById } from "../people/accounts.ts"
import type { Person } from "../people/person.ts"
import { Fields } from "./fields.ts"
import { pressAt } from "./press-at.ts"
import { PageError } from "./respond.ts"
import { sentFile } from "./sent-file.ts"

/** Who does something and where, and what more is to be known. */
interface Action {
  readonly world: World
  readonly person: Person
  /** The person in the chat. */
  readonly here: Participant
  readonly fields: Fields
}

/** What can be done in a chat, by the name of the action. */
const actions: Readonly<Record<string, (action: Action) => Promise<unknown>>> = {
  send: async ({ here, fields }) => sent(await reply(here, fields, { text: fields.text("text") })),
  sendFile: async ({ here, fields }) => sent(await reply(here, fields, sentFile(fields))),
  edit: ({ here, fields }) => here.edit(fields.integer("message_id"), fields.text("text")),
  delete: ({ here, fields }) => here.delete(fields.integer("message_id")),
  react: ({ here, fields }) => here.react(fields.integer("message_id"), ...fields.list("emoji", "string")),
  vote: ({ here, fields }) => here.vote(fields.integer("message_id"), fields.list("options", "number")),
  press: async ({ here, fields }) => pressAt(here, fields),
  join: ({ person, here }) => person.join(here),
  leave: ({ person, here }) => person.leave(here),
  block: ({ person, here }) => person.block(here.bot),
  unblock: ({ person, here }) => person.unblock(here.bot),
}

/**
 * Does what the page asks for: `{ action, … }`. Beside the actions in a chat (`person`, `peer`) there are `user.create`,
 * which needs nobody, and `chat.create`, which needs only the person.
 *
 * @throws {PageError} if it cannot be done, with the reason
 */
export async function act(world: World, body: Record<string, unknown>): Promise<object> {
  const fields = new Fields(body)
  const name = fields.text("action")
  try {
    if (name === "user.create") return { id: newUser(world, fields) }
    const person = personById(world, fields.integer("person"))
    if (!person) throw new PageError(404, "There is no such person.")
    if (name === "chat.create") return { id: newChat(world, person, fields) }
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined
    if (!action) throw new PageError(400, `There is no action "${name}".`)
    return (await action({ world, person, here: placed(world, person, fields), fields })) ?? {}
  } catch (error) {
    throw error instanceof PageError ? error : new PageError(400, error instanceof Error ? error.message : "It failed.")
  }
}

function newUser(world: World, fields: Fields): number {
  const traits = fields.given("last_name", "username", "language_code")
  return createUser(world, fields.text("first_name"), traits).id
}

function newChat(world: World, owner: Person, fields: Fields): number {
  const [title, type] = [fields.text("title"), fields.text("type")]
  if (type === "channel") return createChannel(world, title, { owner }).chat.id
  return createGroup(world, title, { owner, type: type === "group" ? "group" : "supergroup" }).chat.id
}

function placed(world: World, person: Person, fields: Fields): Participant {
  const peer = fields.integer("peer")
  const [bot, chat] = [world.bots.get(peer), world.chats.get(peer)]
  if (bot) return person.with(bot)
  if (chat) return person.in({ chat })
  throw new PageError(404, "There is no such chat.")
}

/** Sends it, as the answer to a message and in its topic if there is one to answer. */
function reply(here: Participant, fields: Fields, content: ContentFields): Promise<Message> {
  const id = fields.optionalInteger("reply_to")
  if (id === undefined) return here.send(content)
  const { message } = here.post(id)
  return (message.is_topic_message ? here.inTopic(message) : here).send({ ...content, reply_to: message })
}

function sent({ message_id }: { message_id: number }): { message_id: number } {
  return { message_id }
}
