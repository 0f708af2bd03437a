import type { Mutant } from "./mutants.ts"

const folder = "packages/bot/src"

/** Places where a bot would take a message for what it is not, do something twice, or keep what is over. */
export const botMutants: readonly Mutant[] = [
  {
    name: "bot: anybody's message is the answer",
    file: `${folder}/ask.ts`,
    find: "return [chat.id, writer, ",
    replace: "return [chat.id, ",
  },
  {
    name: "bot: what was written before the question is the answer",
    file: `${folder}/open-question.ts`,
    find: "if (update.update_id <= this.#after) return false",
    replace: "",
  },
  {
    name: "bot: two messages are the answer",
    file: `${folder}/open-question.ts`,
    find: "if (!this.#failure) this.#update ??= update",
    replace: "if (!this.#failure) this.#update = update",
  },
  {
    name: "bot: a question that is over stays in the map",
    file: `${folder}/asks.ts`,
    find: "if (questions.get(key) === question) questions.delete(key)",
    replace: "",
  },
  {
    name: "bot: the time-out of a question that is over goes on",
    file: `${folder}/questions.ts`,
    find: "clearTimeout(timer)",
    replace: "",
  },
  {
    name: "bot: a question holds up its chat, so that the answer cannot come",
    file: `${folder}/questions.ts`,
    find: "context.detach()",
    replace: "",
  },
  {
    name: "bot: a question is sent before its answer can be taken",
    file: `${folder}/questions.ts`,
    find: "close = await reached(context.attempt, () => this.#asks.open(key, question))\n      await send()",
    replace: "await send()\n      close = await reached(context.attempt, () => this.#asks.open(key, question))",
  },
  {
    name: "bot: a question goes on when the webhook closes",
    file: `${folder}/message.ts`,
    find: "signals: [context.signal, context.closing, ",
    replace: "signals: [context.signal, ",
  },
  {
    name: "bot: catch gets RetryLater and GiveUp",
    file: `${folder}/bot.ts`,
    find: "if (!this.#catch || isOrder(error)) throw error",
    replace: "if (!this.#catch) throw error",
  },
  {
    name: "bot: the last filter that fits wins",
    file: `${folder}/on.ts`,
    find: '[...routes, { check, handler: handler as Route["handler"] }]',
    replace: '[{ check, handler: handler as Route["handler"] }, ...routes]',
  },
  {
    name: "bot: a command for another bot is taken",
    file: `${folder}/filter.ts`,
    find: "return bot === undefined ? { args } : ",
    replace: "return true ? { args } : ",
  },
  {
    name: "bot: a second next() runs the handler again",
    file: `${folder}/middleware.ts`,
    find: "(inner ??= runInside",
    replace: "(inner = runInside",
  },
  {
    name: "bot: a call that was made is the reply, too",
    file: `${folder}/reply-slot.ts`,
    find: "held?.isMade === false ? held.reply : undefined",
    replace: "held?.reply",
  },
  {
    name: "bot: a call that was held back is the reply after the deadline",
    file: `${folder}/reply-slot.ts`,
    find: "if (Date.now() >= this.#deadline) this.flush()",
    replace: "",
  },
]
