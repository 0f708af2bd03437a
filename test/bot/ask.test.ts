import type { BotMessage } from "@hookgram/bot"
import { describe, expect, test } from "vitest"
import { botAt, ways } from "./live.ts"

describe.each(Object.entries(ways))("%s", (_, start) => {
  test("a conversation goes on through several questions, and the answers go to no other handler", async () => {
    const { telegram, bot } = await botAt()
    const others: unknown[] = []
    bot.on.message("/book", async (event) => {
      const name = await event.ask("Your name?")
      const city = await name.ask({ text: "Where to?", reply_markup: { force_reply: true } })
      await city.reply(`${name.text} goes to ${city.text}`)
    })
    bot.on.message(({ text }) => void others.push(text))
    await start(bot, telegram)
    const ana = telegram.user("Ana")
    for (const [text, expected] of [
      ["/book", "Your name?"],
      ["Ana", "Where to?"],
      ["Rome", "Ana goes to Rome"],
    ] as const) {
      await ana.send(text)
      expect((await ana.nextReply()).text).toBe(expected)
    }
    await ana.send("Thanks")
    await telegram.until(() => others.length > 0)
    expect([others, bot.openQuestions]).toEqual([["Thanks"], 0])
  })

  test("answers that are sent all at once reach their questions in order", async () => {
    const { telegram, bot } = await botAt()
    const others: unknown[] = []
    const answers: unknown[] = []
    bot.on.message("/sum", async (event) => {
      let last: BotMessage = event
      for (const text of ["a?", "b?", "c?"]) {
        last = await last.ask(text)
        answers.push(last.text)
        for (let step = 0; step < 20; step++) await Promise.resolve() // whatever is between two questions
      }
    })
    bot.on.message(({ text }) => void others.push(text))
    const ana = telegram.user("Ana")
    await start(bot, telegram)
    await ana.send("/sum")
    expect((await ana.nextReply()).text).toBe("a?")
    await telegram.until(() => bot.openQuestions === 1 && telegram.bot.updates.size === 0)
    for (const text of ["1", "2", "3"]) await ana.send(text)
    await telegram.until(() => answers.length === 3)
    expect([answers, others]).toEqual([["1", "2", "3"], []])
  })

  test("people in one group are asked side by side, each their own question", async () => {
    const { telegram, bot } = await botAt()
    bot.on.message("/colour", async (event) => {
      const colour = await event.ask("Which?")
      await colour.answer(`${colour.from!.first_name}: ${colour.text}`)
    })
    const people = ["Ana", "Ben", "Eve"].map((name) => telegram.user(name))
    const group = telegram.group("Team", { members: people })
    await start(bot, telegram)
    for (const person of people) await person.in(group).send("/colour")
    await telegram.until(() => bot.openQuestions === 3 && telegram.bot.updates.size === 0)
    for (const [index, person] of people.entries()) await person.in(group).send(`red ${index}`)
    const texts = () => group.messages.map(({ text }) => text)
    await telegram.until(() => texts().includes("Eve: red 2"))
    expect(texts()).toEqual(expect.arrayContaining(["Ana: red 0", "Ben: red 1", "Eve: red 2"]))
  })
})
