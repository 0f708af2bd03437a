// Sets a bot's webhook, says what is the matter with it, or removes it: `set`, `info`, `delete`.
// `BOT_TOKEN=… SECRET_TOKEN=change-me WEBHOOK_URL=https://bot.example.com/telegram npx tsx examples/register.ts set`
import { createApi, diagnoseWebhook, ensureWebhook } from "@hookgram/api"

const { BOT_TOKEN = "", SECRET_TOKEN: secretToken = "", WEBHOOK_URL: url = "", API_URL } = process.env

const api = createApi(BOT_TOKEN, { baseUrl: API_URL })
const config = { url, secretToken, local: API_URL !== undefined } // the simulator takes plain http

switch (process.argv[2]) {
  case "set": {
    // `always`, since Telegram does not show the secret, so that a new one alone would not be noticed.
    const { differences } = await ensureWebhook(api, config, { always: true })
    console.log(differences.length > 0 ? `Set: it differed in ${differences.join(", ")}` : "Set again")
    break
  }
  case "delete":
    await api.deleteWebhook() // what waits stays, for polling or the next webhook
    console.log("Deleted")
    break
  default: {
    const { url: current, pending_update_count: waiting } = await api.getWebhookInfo()
    console.log(`${current || "No webhook"}, ${waiting} waiting`)
    for (const { severity, cause, fix } of await diagnoseWebhook(api, url ? config : undefined))
      console.log(`${severity}: ${cause} ${fix}`)
  }
}
