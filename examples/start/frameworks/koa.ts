import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { telegramWebhook } from "@hookgram/koa"
import Koa from "koa"
import type { Application } from "./application.ts"

export const koaApplication: Application = {
  name: "Koa",
  async start(webhook) {
    const app = new Koa()
    app.use(telegramWebhook({ path: "/telegram", webhook }))
    app.use((ctx) => {
      ctx.body = "The rest of the application"
    })
    const server = app.listen(0, "127.0.0.1")
    await once(server, "listening")
    return { port: (server.address() as AddressInfo).port, close: () => server.close() }
  },
}
