import type { Message } from "@grammyjs/types"
import { startSimulator } from "@hookgram/simulator"
import { kindNames } from "../../../packages/simulator/src/updates/kinds.ts"
import { recorded } from "../../support/updates.ts"
import type { Library, SeenUpdate } from "./bot.ts"
import { conversation } from "./conversation.ts"
import type { Mode } from "./modes.ts"

/** All that came of a conversation. */
export interface Transcript {
  /** What was seen in each step, with the kinds of the updates that the bot got. */
  readonly steps: { name: string; sees: string; kinds: string[] }[]
  /** The chats at the end, as far as they can be compared. */
  readonly chats: { ana: Message[]; team: Message[] }
  /** The recorded updates as they were delivered, and as the bot got them, in the order of their ids. */
  readonly recorded: { delivered: SeenUpdate[]; got: SeenUpdate[] }
  /** What `getMe` and `getWebhookInfo` said while it ran, and after the end. */
  readonly account: { username?: string; webhook: boolean; webhookAfterwards: boolean }
}

/** Holds the conversation with a bot of a library that gets its updates in this way. */
export async function hold(library: Library, mode: Mode): Promise<Transcript> {
  const telegram = await startSimulator({ seed: 20_260_714, start: new Date("2026-07-14T12:00:00Z") })
  const seen: SeenUpdate[] = []
  let listensOnly = false
  const bot = library.bot({
    token: telegram.token,
    apiRoot: telegram.url,
    saw(update) {
      seen.push(update)
      return !listensOnly
    },
  })
  let stop = async (): Promise<void> => {}
  try {
    stop = await mode.start(bot)
    const ana = telegram.user("Ana", { id: 1001 })
    const ben = telegram.user("Ben", { id: 1002 })
    const team = telegram.group("Team", { id: -1_001_000_001_003, members: [ana, ben] })
    await telegram.settled(60_000)
    const steps: Transcript["steps"] = []
    for (const { name, act } of conversation) {
      const before = seen.length
      const sees = await act({ telegram, ana, ben, team })
      await telegram.settled(60_000)
      steps.push({ name, sees, kinds: seen.slice(before).map(kindOf).toSorted() })
    }

    listensOnly = true
    const before = seen.length
    const delivered = recorded.flatMap(({ update }) => {
      const [kind, content] = Object.entries(update).find(([field]) => kindNames.includes(field)) ?? []
      // What is of no kind that there is today, no bot gets.
      if (kind === undefined) return []
      const update_id = telegram.deliver(update)
      return update_id === undefined ? [] : [{ update_id, [kind]: content }]
    })
    await telegram.settled(120_000)
    const got = seen.slice(before).toSorted((a, b) => a.update_id - b.update_id)

    const webhook = (await bot.webhookUrl()) !== ""
    const username = await bot.username()
    await stop()
    stop = async () => {}
    return {
      steps,
      chats: { ana: comparable(ana.messages), team: comparable(team.messages) },
      recorded: { delivered: comparable(delivered), got: comparable(got) },
      account: { ...(username && { username }), webhook, webhookAfterwards: (await bot.webhookUrl()) !== "" },
    }
  } finally {
    await stop()
    await telegram.close()
  }
}

/** The name of the field beside `update_id`. */
export function kindOf(update: SeenUpdate): string {
  return Object.keys(update).find((field) => field !== "update_id") ?? ""
}

/** The same without what differs each time: dates, and ids that are left to chance, which are named in their order. */
function comparable<T>(value: T): T {
  const names = new Map<unknown, string>()
  const nameOf = (id: unknown): string => {
    const name = names.get(id) ?? `id ${names.size + 1}`
    names.set(id, name)
    return name
  }
  return JSON.parse(
    JSON.stringify(value, (field, inner: unknown) => {
      if (field.endsWith("date")) return 0
      if (/^file_(unique_)?id$|^media_group_id$/.test(field)) return nameOf(inner)
      return field === "poll" ? { ...(inner as object), id: 0 } : inner
    }),
  ) as T
}
