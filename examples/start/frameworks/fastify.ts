import type { AddressInfo } from "node:net"
import { telegramWebhook } from "@hookgram/fastify"
import Fastify from "fastify"
import type { Application } from "./application.ts"

export const fastifyApplication: Application = {
  name: "Fastify",
  async start(webhook) {
    const app = Fastify()
    await app.register(telegramWebhook, { path: "/telegram", webhook })
    app.get("/", () => "The rest of the application")
    await app.listen({ port: 0, host: "127.0.0.1" })
    return { port: (app.server.address() as AddressInfo).port, close: () => app.close() }
  },
}
