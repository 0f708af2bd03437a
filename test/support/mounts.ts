import { createServer, type RequestListener, type Server } from "node:http"
import type { Webhook } from "@hookgram/core"
import { telegramWebhook as onExpress } from "@hookgram/express"
import { telegramWebhook as onFastify } from "@hookgram/fastify"
import { telegramWebhook as onKoa } from "@hookgram/koa"
import { telegramWebhook as onNode } from "@hookgram/node"
import { bodyParser } from "@koa/bodyparser"
import Router from "@koa/router"
import express, { type Express } from "express"
import express4 from "express4"
import Fastify, { type FastifyInstance } from "fastify"
import Koa from "koa"
import Koa2 from "koa2"

/** One way to put a webhook into an application. */
export interface Mount {
  readonly name: string
  /**
   * An HTTP server, not yet listening, with the webhook at `/telegram`. Where the mount has an application, that answers
   * `POST /echo` with the JSON it got, by its own parser, and everything else with its own 404.
   */
  server(webhook: Webhook): Server | Promise<Server>
  /** Cases of the contract, by id, that this mount cannot do, each with the reason. */
  readonly cannot?: Readonly<Record<string, string>>
  /** Whether the application around the webhook has `POST /echo`. */
  readonly echoes: boolean
}

const path = "/telegram"

/** Why a parser in front of the webhook takes some cases out of its hands. */
const parsed = "the parser in front reads, limits and rejects the body before the webhook sees the request"

/** Cases that a JSON parser in front decides. */
const parserCases = ["body-limit-chunked", "body-limit-declared", "body-timeout", "body-aborted", "body-invalid-json", "refuse-before-body"] as const

const behindParser: Mount["cannot"] = Object.fromEntries(parserCases.map((id) => [id, parsed]))

type ExpressFactory = typeof express

/** Express with the webhook put in by `mount`, and the application's own route behind it. */
function expressServer(factory: ExpressFactory, mount: (app: Express) => void): Server {
  const app = factory()
  mount(app)
  app.post("/echo", factory.json(), (req, res) => {
    res.json(req.body)
  })
  return createServer(app as RequestListener)
}

/** Koa with the webhook put in by `mount`, and the application's own route behind it. */
function koaServer(Factory: typeof Koa, mount: (app: Koa) => void): Server {
  const app = new Factory()
  mount(app)
  const router = new Router()
  router.post("/echo", bodyParser(), (ctx) => {
    ctx.body = (ctx.request as { body?: unknown }).body
  })
  app.use(router.routes())
  return createServer(app.callback())
}

async function fastifyServer(mount: (app: FastifyInstance) => unknown): Promise<Server> {
  const app = Fastify()
  app.post("/echo", async (request) => request.body)
  await mount(app)
  await app.ready()
  return app.server
}

export const mounts: readonly Mount[] = [
  { name: "node:http", server: (webhook) => createServer(onNode({ path, webhook })), echoes: false },
  { name: "node:http in front of Express", server: (webhook) => createServer(onNode({ path, webhook }, expressServer(express, () => {}).listeners("request")[0] as RequestListener)), echoes: true },
  { name: "node:http in front of Koa", server: (webhook) => createServer(onNode({ path, webhook }, koaServer(Koa, () => {}).listeners("request")[0] as RequestListener)), echoes: true },

  { name: "Express 5", server: (webhook) => expressServer(express, (app) => app.use(onExpress({ path, webhook }))), echoes: true },
  { name: "Express 5, app.use(path)", server: (webhook) => expressServer(express, (app) => app.use(path, onExpress({ webhook }))), echoes: true },
  { name: "Express 5, express.Router", server: (webhook) => expressServer(express, (app) => app.use(express.Router().all(path, onExpress({ webhook })))), echoes: true },
  { name: "Express 5, mounted router with path", server: (webhook) => expressServer(express, (app) => app.use("/", express.Router().use(onExpress({ path, webhook })))), echoes: true },
  { name: "Express 5 behind express.json()", server: (webhook) => expressServer(express, (app) => app.use(express.json(), onExpress({ path, webhook }))), echoes: true, cannot: behindParser },
  { name: "Express 5 behind express.text()", server: (webhook) => expressServer(express, (app) => app.use(express.text({ type: "*/json" }), onExpress({ path, webhook }))), echoes: false, cannot: behindParser },
  { name: "Express 5 behind express.raw()", server: (webhook) => expressServer(express, (app) => app.use(express.raw({ type: "*/json" }), onExpress({ path, webhook }))), echoes: false, cannot: behindParser },
  { name: "Express 5 before express.json()", server: (webhook) => expressServer(express, (app) => app.use(onExpress({ path, webhook }), express.json())), echoes: true },

  { name: "Express 4", server: (webhook) => expressServer(express4, (app) => app.use(onExpress({ path, webhook }))), echoes: true },
  { name: "Express 4, express.Router", server: (webhook) => expressServer(express4, (app) => app.use(express4.Router().all(path, onExpress({ webhook })))), echoes: true },
  { name: "Express 4 behind express.json()", server: (webhook) => expressServer(express4, (app) => app.use(express4.json(), onExpress({ path, webhook }))), echoes: true, cannot: behindParser },
  { name: "Express 4 behind express.text() of another type", server: (webhook) => expressServer(express4, (app) => app.use(express4.text(), onExpress({ path, webhook }))), echoes: true },

  { name: "Koa 3", server: (webhook) => koaServer(Koa, (app) => app.use(onKoa({ path, webhook }))), echoes: true },
  { name: "Koa 3, @koa/router", server: (webhook) => koaServer(Koa, (app) => app.use(new Router().all(path, onKoa({ webhook })).routes())), echoes: true },
  { name: "Koa 3 behind @koa/bodyparser", server: (webhook) => koaServer(Koa, (app) => app.use(bodyParser()).use(onKoa({ path, webhook }))), echoes: true, cannot: behindParser },
  { name: "Koa 3 before @koa/bodyparser", server: (webhook) => koaServer(Koa, (app) => app.use(onKoa({ path, webhook })).use(bodyParser())), echoes: true },
  { name: "Koa 2", server: (webhook) => koaServer(Koa2, (app) => app.use(onKoa({ path, webhook }))), echoes: true },
  { name: "Koa 2, @koa/router", server: (webhook) => koaServer(Koa2, (app) => app.use(new Router().all(path, onKoa({ webhook })).routes())), echoes: true },

  { name: "Fastify 5", server: (webhook) => fastifyServer((app) => app.register(onFastify, { path, webhook })), echoes: true },
  { name: "Fastify 5 with a prefix", server: (webhook) => fastifyServer((app) => app.register(onFastify, { prefix: path, webhook })), echoes: true },
  { name: "Fastify 5 in a scope", server: (webhook) => fastifyServer((app) => app.register(async (scope) => scope.register(onFastify, { path, webhook }))), echoes: true },
  {
    name: "Fastify 5 with parsers of its own",
    server: (webhook) =>
      fastifyServer(async (app) => {
        app.removeAllContentTypeParsers()
        await app.register(onFastify, { path, webhook })
        app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => done(null, JSON.parse(String(body))))
      }),
    echoes: true,
  },
]
