import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { telegramWebhook } from "@hookgram/express"
import express from "express"
import type { Application } from "./application.ts"

export const expressApplication: Application = {
  name: "Express",
  async start(webhook) {
    const app = express()
    app.use(telegramWebhook({ path: "/telegram", webhook }))
    app.get("/", (_req, res) => void res.send("The rest of the application"))
    const server = app.listen(0, "127.0.0.1")
    await once(server, "listening")
    return { port: (server.address() as AddressInfo).port, close: () => server.close() }
  },
}
