import type { Bot } from "../bot.ts"
import { newUserId } from "../chats/ids.ts"
import type { World } from "../chats/world.ts"
import { Person, type UserTraits } from "./person.ts"

/** The bot that there is first: who people talk to unless told otherwise. */
export function defaultBot(world: World): Bot {
  const bot = world.bots.values().next().value
  if (!bot) throw new Error("There is no bot yet to talk to.")
  return bot
}

const people = new WeakMap<World, Map<number, Person>>()

/** A person by id, if there is one. */
export function personById(world: World, id: number): Person | undefined {
  const known = people.get(world) ?? new Map<number, Person>()
  people.set(world, known)
  const user = world.users.get(id)
  if (!user || user.is_bot) return undefined
  const person = known.get(id) ?? new Person(world, user, defaultBot(world))
  known.set(id, person)
  return person
}

/** Makes an account. */
export function createUser(world: World, first_name: string, traits: UserTraits = {}): Person {
  const { id = newUserId(world), last_name, username, ...rest } = traits
  if (world.users.has(id)) throw new Error(`There is a user ${id} already.`)
  const names = { first_name, ...(last_name && { last_name }), ...(username && { username }) }
  world.users.set(id, { id, is_bot: false, ...names, ...rest })
  return personById(world, id) as Person
}
