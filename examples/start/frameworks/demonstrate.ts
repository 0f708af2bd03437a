import { performance } from "node:perf_hooks"
import { setTimeout } from "node:timers/promises"
import type { Application } from "./application.ts"
import { Board } from "./board.ts"
import { Bot } from "./bot.ts"
import { tally } from "./compare.ts"
import { type Output, Screen } from "./screen.ts"
import { type Step, steps } from "./steps.ts"
import { deliver } from "./telegram.ts"

/** How long a step stays in view on a terminal before the next one, in milliseconds. */
const PACE = 150

/**
 * Takes every application through the steps, all of them at once, and shows what happens.
 *
 * @returns what is not as expected: nothing, if all is well
 */
export async function demonstrate(applications: readonly Application[], output: Output): Promise<string[]> {
  const started = performance.now()
  const board = new Board(
    steps,
    applications.map(({ name }) => name),
  )
  const screen = new Screen(board, output)
  await Promise.all(
    applications.map(async (application) => {
      const bot = new Bot()
      const { port, close } = await application.start(bot.webhook)
      for (const step of steps) {
        board.set(step, application.name, await take(step, bot, port))
        screen.update()
        if (output.isTTY) await setTimeout(PACE)
      }
      await bot.webhook.close({ timeout: 1000 })
      await close()
    }),
  )
  screen.finish((performance.now() - started) / 1000)
  return board.problems()
}

async function take(step: Step, bot: Bot, port: number): Promise<Parameters<Board["set"]>[2]> {
  const [runs, events] = [bot.runs.length, bot.events.length]
  const { answers, milliseconds } = await deliver(step, port)
  await bot.idle()
  return {
    milliseconds,
    answers: tally(answers),
    runs: tally(bot.runs.slice(runs)),
    events: tally(bot.events.slice(events).map(({ type }) => type)),
  }
}
