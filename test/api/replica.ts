// Run as a program: one of many replicas, which registers a webhook for each line that comes in, and prints what came of it.
import { existsSync, openSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { createApi, ensureWebhook, type WebhookStore } from "@hookgram/api"

const [token = "", baseUrl = "", folder = ""] = process.argv.slice(2)
const api = createApi(token, { baseUrl })

/** Files that all replicas see. */
const store: WebhookStore = {
  get: (key) => (existsSync(join(folder, key)) ? readFileSync(join(folder, key), "utf8") : null),
  set: (key, value) => writeFileSync(join(folder, key), value),
  lock(key) {
    try {
      return openSync(join(folder, key), "wx") > 0
    } catch {
      return false
    }
  },
}

console.log("ready")
for await (const line of createInterface({ input: process.stdin })) {
  const { url, stored } = JSON.parse(line) as { url: string; stored: boolean }
  const config = { url, secretToken: "s3cret", local: true }
  const { changed } = await ensureWebhook(api, config, stored ? { store } : {})
  console.log(changed ? "changed" : "unchanged")
}
