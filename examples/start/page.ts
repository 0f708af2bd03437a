import { once } from "node:events"
import { type Simulator, startSimulator } from "@hookgram/simulator"
import { startApplication } from "./application.ts"

/** Where the page is, unless something else is there already. */
const PORT = 8081

/** Starts Telegram and the bot, says where the page is, and goes on until it is interrupted. */
export async function openPage(output: { write(text: string): unknown }): Promise<void> {
  const telegram = await startTelegram()
  const stop = await startApplication(telegram)
  // Somebody to begin with. More people, groups and channels are made on the page.
  await telegram.user("Ana").send("/start")
  output.write(
    [
      "A bot in an Express application, on a Telegram of its own. Talk to it at",
      "",
      `    ${telegram.url}`,
      "",
      `Its Bot API is there, too, for any bot: the API root is ${telegram.url}, the token ${telegram.token}`,
      "Ctrl+C ends it. With --once it shows one conversation and ends, with --frameworks it compares Express, Koa and Fastify.\n",
    ].join("\n"),
  )
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")])
  await stop()
  await telegram.close()
}

async function startTelegram(): Promise<Simulator> {
  try {
    return await startSimulator({ port: PORT })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error
    return await startSimulator()
  }
}
