import type { PollOption } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call } from "../api/method.ts"
import type { PollTerms } from "../chats/poll.ts"
import { unixTime } from "../clock/clock.ts"
import { characters } from "../text/characters.ts"
import { Fields } from "../text/fields.ts"
import { type Formatted, formatted, formattedText } from "./formatted.ts"
import { list } from "./json.ts"

const LONGEST_QUESTION = 300
const LONGEST_OPTION = 100
const MOST_OPTIONS = 12

/** What `sendPoll` asks for, read; the poll is not judged yet. */
export function pollTerms(call: Call): PollTerms {
  const { parameters } = call
  const type = parameters.text("type") || "regular"
  const question = formatted(call, "question", "question_parse_mode", "question_entities")
  const words = ["options JSON object", "String as options"] as const
  const options = list(call, "options", words, (option) => optionOf(call, option))
  const description = formatted(call, "description", "description_parse_mode", "description_entities")
  const quiz = type === "quiz" && {
    correct_option_ids: correctOptions(call),
    ...named("explanation", formatted(call, "explanation", "explanation_parse_mode", "explanation_entities")),
  }
  if (type !== "quiz" && type !== "regular") throw badRequest("unsupported poll type specified")
  const asked = (name: string, otherwise: boolean) => (parameters.has(name) ? parameters.boolean(name) : otherwise)
  const countries = parameters.json("country_codes")
  return {
    ...named("question", question),
    question: question.text,
    options,
    is_anonymous: asked("is_anonymous", true),
    type,
    allows_multiple_answers: asked("allows_multiple_answers", false),
    allows_revoting: asked("allows_revoting", type !== "quiz"),
    members_only: asked("members_only", false),
    ...(Array.isArray(countries) && countries.length > 0 && { country_codes: countries.map(String) }),
    ...quiz,
    ...end(call),
    ...named("description", description),
    ...(parameters.boolean("hide_results_until_closes") && { hide_results_until_closes: true }),
  }
}

/** Fails as Telegram does if there can be no such poll. */
export function checkPoll({ question, options, type, correct_option_ids = [] }: PollTerms): void {
  if (question === "") throw badRequest("text must be non-empty")
  if (characters(question) > LONGEST_QUESTION) {
    throw badRequest(`poll question length must not exceed ${LONGEST_QUESTION}`)
  }
  if (options.length < 1) throw badRequest("poll must have at least one answer option")
  if (options.length > MOST_OPTIONS) throw badRequest(`poll can't have more than ${MOST_OPTIONS} options`)
  if (options.some(({ text }) => text === "")) throw badRequest("poll option must be non-empty")
  if (options.some(({ text }) => characters(text) > LONGEST_OPTION)) {
    throw badRequest(`poll options length must not exceed ${LONGEST_OPTION}`)
  }
  if (type !== "quiz") return
  if (correct_option_ids.length === 0) throw badRequest("correct quiz option list must be non-empty")
  if (correct_option_ids.some((id, index) => index > 0 && id <= (correct_option_ids[index - 1] ?? 0))) {
    throw badRequest("correct quiz option list must be increasing")
  }
  if (correct_option_ids.some((id) => !options[id])) throw badRequest("wrong quiz correct_option_id")
}

function optionOf({ world }: Call, option: unknown): Omit<PollOption, "persistent_id" | "voter_count"> {
  if (typeof option === "string") return { text: option.trim() }
  const fields = Fields.of(option, "expected an option to be of type String")
  const [given, mode] = [fields.requiredString("text"), fields.string("text_parse_mode")]
  const { text, entities } = formattedText(world, given, mode, fields.value("text_entities"))
  return { text, ...(entities.length > 0 && { text_entities: entities }) }
}

function correctOptions(call: Call): number[] {
  const { parameters } = call
  if (!parameters.has("correct_option_ids")) {
    return parameters.has("correct_option_id") ? [parameters.integer("correct_option_id")] : []
  }
  const words = ["correct option identifiers JSON object", "correct option identifiers"] as const
  return list(call, "correct_option_ids", words, (id) => {
    if (typeof id !== "number") throw badRequest("correct option identifier must be of type Number")
    return id
  })
}

/** When the poll closes by itself. */
function end({ parameters, world }: Call): Pick<PollTerms, "open_period" | "close_date"> {
  const now = unixTime(world.clock)
  const open_period = Math.min(Math.max(parameters.integer("open_period"), 0), 2_628_000)
  if (open_period > 0) return { open_period, close_date: now + open_period }
  const close_date = parameters.integer("close_date")
  return close_date > now ? { open_period: close_date - now, close_date } : {}
}

function named(name: string, { text, entities }: Formatted): object {
  if (text === "") return {}
  return { [name]: text, ...(entities.length > 0 && { [`${name}_entities`]: entities }) }
}
