/** A server in a process of its own, with the options of `OPTIONS`. Its handler waits for an answer of `GATE`. */
import { createApi } from "@hookgram/api"
import { serve, type ServeOptions } from "@hookgram/node"

const { OPTIONS = "{}", OTHER, GATE = "", API_URL, BOT_TOKEN = "", SECRET_TOKEN = "" } = process.env

async function handler(): Promise<void> {
  console.log("handling")
  await fetch(GATE)
}

const common = {
  handler,
  secretToken: SECRET_TOKEN,
  ...(API_URL !== undefined && { api: createApi(BOT_TOKEN, { baseUrl: API_URL }) }),
}
const server = await serve({ ...common, ...(JSON.parse(OPTIONS) as Partial<ServeOptions>) })
if (OTHER !== undefined) await serve({ ...common, ...(JSON.parse(OTHER) as Partial<ServeOptions>) })
console.log(`Listening on ${server.url}`)
