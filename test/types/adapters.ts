/** The types of the adapters: each returns its framework's own. Never run: the compiler is the test. */
import { createServer, type RequestListener } from "node:http"
import { createWebhook, type Webhook } from "@hookgram/core"
import { type MountOptions, telegramWebhook as onExpress } from "@hookgram/express"
import { telegramWebhook as onFastify } from "@hookgram/fastify"
import { telegramWebhook as onKoa } from "@hookgram/koa"
import { telegramWebhook as onNode } from "@hookgram/node"
import { Router } from "@koa/router"
import express, { type RequestHandler } from "express"
import express4 from "express4"
import Fastify, { type FastifyPluginAsync } from "fastify"
import Koa, { type Middleware } from "koa"
import Koa2 from "koa2"
import { expectTypeOf } from "vitest"

const options = { path: "/telegram", secretToken: "secret", handler: () => {} }
const webhook = createWebhook({ secretToken: false, handler: () => {} })

// Express: 4 and 5, application, route and router.
expectTypeOf(onExpress(options)).toExtend<RequestHandler>()
express().use(onExpress(options)).use("/telegram", onExpress({ webhook }))
express4().use(onExpress(options))
express.Router().post("/telegram", onExpress({ webhook }))

// Koa: 2 and 3, and @koa/router.
expectTypeOf(onKoa(options)).toExtend<Middleware>()
new Koa().use(onKoa(options))
new Koa2().use(onKoa(options))
new Router().post("/telegram", onKoa({ webhook }))

// Fastify: options are typed by `register`.
expectTypeOf(onFastify).toExtend<FastifyPluginAsync<MountOptions>>()
const app = Fastify()
await app.register(onFastify, options)
await app.register(onFastify, { webhook, prefix: "/bots" })
await app.register(onFastify, {
  secretToken: "secret",
  handler: (update, { attempt }) => {
    expectTypeOf(update.message?.text).toEqualTypeOf<string | undefined>()
    expectTypeOf(attempt).toEqualTypeOf<number>()
  },
})
expectTypeOf(app.telegramWebhooks).toEqualTypeOf<Map<string, Webhook>>()
// @ts-expect-error the secret is missing
await app.register(onFastify, { path: "/telegram", handler: () => {} })
// @ts-expect-error misspelt
await app.register(onFastify, { ...options, paht: "/telegram" })
// @ts-expect-error a path is a text
await app.register(onFastify, { path: 7, webhook })

// node:http, alone and in front of applications.
expectTypeOf(onNode(options)).toExtend<RequestListener>()
createServer(onNode(options))
createServer(onNode(options, express()))
createServer(onNode(options, new Koa().callback()))

for (const telegramWebhook of [onExpress, onKoa, onNode]) {
  telegramWebhook(options)
  telegramWebhook({ webhook })
  telegramWebhook({ path: "/telegram", webhook })
  telegramWebhook({ ...options, secretToken: ["old", "new"], deadline: 1000 })
  // @ts-expect-error the secret is missing
  telegramWebhook({ path: "/telegram", handler: () => {} })
  // @ts-expect-error neither options nor a webhook
  telegramWebhook({ path: "/telegram" })
  // @ts-expect-error misspelt
  telegramWebhook({ secretToken: "secret", handler: () => {}, paht: "/telegram" })
  // @ts-expect-error a path is a text
  telegramWebhook({ path: /telegram/, webhook })
}
onExpress({
  secretToken: "secret",
  handler: (update, { detach }) => {
    expectTypeOf(update.poll_answer?.option_ids).toEqualTypeOf<number[] | undefined>()
    expectTypeOf(detach).toEqualTypeOf<() => void>()
  },
})
