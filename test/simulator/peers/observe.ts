import { once } from "node:events"
import type { Server } from "node:http"
import type { AddressInfo } from "node:net"
import { type Simulator, startSimulator } from "@hookgram/simulator"
import express from "express"
import { callApi } from "../support/post.ts"
import { Runs } from "./runs.ts"
import type { Subject, Work } from "./subject.ts"
import type { Trouble } from "./troubles.ts"

const path = "/telegram"
const secretToken = "s3cret"

/** What became of one update. */
export interface Outcome {
  /** How many runs of the handler began. */
  readonly begun: number
  /** How many of them came to their end without an error. */
  readonly completed: number
  /** Whether Telegram was told that the update is done with, and so stopped delivering it. */
  readonly confirmed: boolean
}

/** Delivers one update to a subject in trouble, and counts. */
export async function observe(subject: Subject, trouble: Trouble): Promise<Outcome> {
  const { speed = 8, watched = 60_000 } = trouble
  const telegram = await startSimulator({ speed, seed: 20_260_714 })
  const runs = new Runs(telegram, trouble)
  const serve = (port: number) => listen(telegram, subject, runs.work, speed, port)
  let server = await serve(0)
  try {
    const { port } = server.address() as AddressInfo
    await callApi(telegram, "setWebhook", { url: `http://127.0.0.1:${port}${path}`, secret_token: secretToken })
    if (trouble.fault) telegram.fault(trouble.fault)
    await telegram.user("Ana").send("Hello")
    const { size } = telegram.bot.updates
    if (size !== 1) throw new Error(`One update was to be delivered, and not ${size}`)
    if (trouble.diesAfter !== undefined) {
      await runs.death
      await stop(server)
      server = await serve(port)
    }

    await telegram.sleep(watched)
    const confirmed = telegram.bot.updates.size === 0
    await callApi(telegram, "deleteWebhook")
    await telegram.until(() => runs.going === 0, watched)
    return { begun: runs.begun, completed: runs.completed, confirmed }
  } finally {
    runs.bury()
    await stop(server)
    await telegram.close()
  }
}

async function listen(
  { token, url }: Simulator,
  subject: Subject,
  work: Work,
  speed: number,
  port: number,
): Promise<Server> {
  const app = express()
  // In any other environment, Express prints the errors that it answers with 500.
  app.set("env", "test")
  subject.mount({ app, path, secretToken, token, apiRoot: url, work, scaled: (time) => time / speed })
  const server = app.listen(port, "127.0.0.1")
  await once(server, "listening")
  return server
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, "close")
  server.close()
  server.closeAllConnections()
  await closed
}
