import { createServer, type RequestListener, type Server } from "node:http"
import type { Webhook } from "@hookgram/core"
import { getRequestListener } from "@hono/node-server"
import { telegramWebhook as forExpress } from "@hookgram/express"
import { telegramWebhook as forFastify } from "@hookgram/fastify"
import { type RequestHost, telegramWebhook as forFetch } from "@hookgram/fetch"
import { telegramWebhook as forKoa } from "@hookgram/koa"
import { telegramWebhook as forLambda } from "@hookgram/lambda"
import { telegramWebhook as forNode } from "@hookgram/node"
import { bodyParser } from "@koa/bodyparser"
import { Router } from "@koa/router"
import express, { type Express } from "express"
import express4 from "express4"
import Fastify, { type FastifyInstance } from "fastify"
import { Hono } from "hono"
import Koa from "koa"
import Koa2 from "koa2"
import {
  behindGateway,
  behindJsonParser,
  behindKoaParser,
  behindOtherParser,
  type Cannot,
  onHonoServer,
  onPostRoute,
  withoutApplication,
} from "./cannot.ts"
import { fetchServer } from "./fetch-server.ts"
import { lambdaServer, type LambdaShape } from "./lambda-server.ts"

/** One way to put a webhook into an application. */
export interface Mount {
  readonly name: string
  /**
   * An HTTP server, not yet listening, with the webhook at `/telegram`. Where the mount has an application, that answers
   * `POST /echo` with the JSON it got, by its own parser, and everything else with its own 404.
   */
  server(webhook: Webhook): Server | Promise<Server>
  /** Cases of the contract, by id, that this mount cannot do, each with the reason. */
  readonly cannot?: Cannot
}

const path = "/telegram"

/** Above the 512 KiB of Telegram's largest update (facts, 1.2), which the parsers' default of 100 kB is not. */
const limit = "1mb"

/** Puts a webhook into an application that has no routes yet. */
type PutIn<App> = (app: App, webhook: Webhook) => unknown

function expressApplication(factory: typeof express, putIn: (app: Express) => unknown): RequestListener {
  const app = factory()
  putIn(app)
  app.post("/echo", factory.json(), (req, res) => {
    res.json(req.body)
  })
  return app as RequestListener
}

function withExpress(name: string, putIn: PutIn<Express>, cannot?: Cannot): Mount {
  const factory = name.startsWith("Express 4") ? express4 : express
  return { name, cannot, server: (webhook) => createServer(expressApplication(factory, (app) => putIn(app, webhook))) }
}

function koaApplication(Factory: typeof Koa, putIn: (app: Koa) => unknown): RequestListener {
  const app = new Factory()
  app.silent = true // else it prints every connection that breaks off
  putIn(app)
  const router = new Router()
  router.post("/echo", bodyParser(), (ctx) => {
    ctx.body = (ctx.request as { body?: unknown }).body
  })
  app.use(router.routes())
  return app.callback()
}

function withKoa(name: string, putIn: PutIn<Koa>, cannot?: Cannot): Mount {
  const Factory = name.startsWith("Koa 2") ? Koa2 : Koa
  return { name, cannot, server: (webhook) => createServer(koaApplication(Factory, (app) => putIn(app, webhook))) }
}

async function fastifyServer(app: FastifyInstance, putIn: (app: FastifyInstance) => unknown): Promise<Server> {
  app.post("/echo", (request, reply) => reply.send(request.body))
  await putIn(app)
  await app.ready()
  return app.server
}

function withFastify(name: string, putIn: PutIn<FastifyInstance>): Mount {
  return { name, server: (webhook) => fastifyServer(Fastify(), (app) => putIn(app, webhook)) }
}

/** `node:http`, alone or in front of an application. */
function withNode(name: string, app?: RequestListener, cannot?: Cannot): Mount {
  return { name, cannot, server: (webhook) => createServer(forNode({ path, webhook }, app)) }
}

const nothing = (): void => {}

/** What the server tells Hono of each request, as Workers do of theirs. */
type HonoApplication = Hono<{ Bindings: RequestHost }>

function honoApplication(putIn: (app: HonoApplication) => unknown): HonoApplication {
  const app: HonoApplication = new Hono()
  app.onError((_error, c) => c.text("", 500)) // else it prints them
  putIn(app)
  return app.post("/echo", async (c) => c.json(await c.req.json()))
}

function withHono(name: string, putIn: PutIn<HonoApplication>, cannot?: Cannot): Mount {
  return { name, cannot, server: (webhook) => fetchServer(honoApplication((app) => putIn(app, webhook)).fetch) }
}

function withLambda(name: string, shape: LambdaShape, base64: boolean): Mount {
  return { name, cannot: behindGateway, server: (webhook) => lambdaServer(shape, base64, forLambda({ path, webhook })) }
}

export const mounts: readonly Mount[] = [
  withNode("node:http", undefined, withoutApplication),
  withNode("node:http in front of Express", expressApplication(express, nothing)),
  withNode("node:http in front of Koa", koaApplication(Koa, nothing)),
  {
    name: "node:http in front of Fastify",
    server: (webhook) =>
      fastifyServer(Fastify({ serverFactory: (app) => createServer(forNode({ path, webhook }, app)) }), nothing),
  },

  withExpress("Express 5", (app, webhook) => app.use(forExpress({ path, webhook }))),
  withExpress("Express 5, app.use(path)", (app, webhook) => app.use(path, forExpress({ webhook }))),
  withExpress("Express 5, express.Router", (app, webhook) =>
    app.use(express.Router().all(path, forExpress({ webhook }))),
  ),
  withExpress(
    "Express 5, router.post",
    (app, webhook) => app.use(express.Router().post(path, forExpress({ webhook }))),
    onPostRoute,
  ),
  withExpress("Express 5, mounted router with path", (app, webhook) =>
    app.use("/", express.Router().use(forExpress({ path, webhook }))),
  ),
  withExpress(
    "Express 5 behind express.json()",
    (app, webhook) => app.use(express.json({ limit }), forExpress({ path, webhook })),
    behindJsonParser,
  ),
  withExpress(
    "Express 5 behind express.text()",
    (app, webhook) => app.use(express.text({ type: "*/json", limit }), forExpress({ path, webhook })),
    behindOtherParser,
  ),
  withExpress(
    "Express 5 behind express.raw()",
    (app, webhook) => app.use(express.raw({ type: "*/json", limit }), forExpress({ path, webhook })),
    behindOtherParser,
  ),
  withExpress("Express 5 before express.json()", (app, webhook) =>
    app.use(forExpress({ path, webhook }), express.json()),
  ),

  withExpress("Express 4", (app, webhook) => app.use(forExpress({ path, webhook }))),
  withExpress("Express 4, express.Router", (app, webhook) =>
    app.use(express4.Router().all(path, forExpress({ webhook }))),
  ),
  withExpress(
    "Express 4 behind express.json()",
    (app, webhook) => app.use(express4.json({ limit }), forExpress({ path, webhook })),
    behindJsonParser,
  ),
  withExpress("Express 4 behind express.text() of another type", (app, webhook) =>
    app.use(express4.text(), forExpress({ path, webhook })),
  ),

  withKoa("Koa 3", (app, webhook) => app.use(forKoa({ path, webhook }))),
  withKoa("Koa 3, @koa/router", (app, webhook) => app.use(new Router().all(path, forKoa({ webhook })).routes())),
  withKoa(
    "Koa 3, router.post",
    (app, webhook) => app.use(new Router().post(path, forKoa({ webhook })).routes()),
    onPostRoute,
  ),
  withKoa(
    "Koa 3 behind @koa/bodyparser",
    (app, webhook) => app.use(bodyParser()).use(forKoa({ path, webhook })),
    behindKoaParser,
  ),
  withKoa("Koa 3 before @koa/bodyparser", (app, webhook) => app.use(forKoa({ path, webhook })).use(bodyParser())),
  withKoa("Koa 2", (app, webhook) => app.use(forKoa({ path, webhook }))),
  withKoa("Koa 2, @koa/router", (app, webhook) => app.use(new Router().all(path, forKoa({ webhook })).routes())),

  withFastify("Fastify 5", (app, webhook) => app.register(forFastify, { path, webhook })),
  withFastify("Fastify 5 with a prefix", (app, webhook) => app.register(forFastify, { prefix: path, webhook })),
  withFastify("Fastify 5 in a scope", (app, webhook) =>
    app.register(async (scope) => scope.register(forFastify, { path, webhook })),
  ),
  withFastify("Fastify 5 with parsers of its own", async (app, webhook) => {
    app.removeAllContentTypeParsers()
    await app.register(forFastify, { path, webhook })
    app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) =>
      done(null, JSON.parse(String(body))),
    )
  }),

  { name: "fetch", cannot: withoutApplication, server: (webhook) => fetchServer(forFetch({ path, webhook })) },
  {
    name: "fetch in front of Hono",
    server: (webhook) => fetchServer(forFetch({ path, webhook }, honoApplication(nothing).fetch)),
  },
  withHono("Hono", (app, webhook) => {
    const answer = forFetch({ webhook })
    app.all(path, (c) => answer(c.req.raw, c.env))
  }),
  {
    name: "Hono on @hono/node-server",
    cannot: onHonoServer,
    server: (webhook) => {
      const answer = forFetch({ webhook })
      const app = honoApplication((hono) => hono.all(path, (c) => answer(c.req.raw, c.env)))
      return createServer(
        getRequestListener((request, { incoming }) => app.fetch(request, { address: incoming.socket?.remoteAddress })),
      )
    },
  },
  withHono("Hono, app.mount", (app, webhook) => {
    const answer = forFetch({ webhook })
    app.mount(path, answer, (c) => c.env)
  }),
  withHono(
    "Hono, app.post",
    (app, webhook) => {
      const answer = forFetch({ webhook })
      app.post(path, (c) => answer(c.req.raw, c.env))
    },
    onPostRoute,
  ),

  withLambda("Lambda, API Gateway 1.0", "api-gateway-v1", false),
  withLambda("Lambda, API Gateway 1.0, base64", "api-gateway-v1", true),
  withLambda("Lambda, API Gateway 2.0", "api-gateway-v2", false),
  withLambda("Lambda, Function URL, base64", "function-url", true),
  withLambda("Lambda, load balancer", "alb", false),
  withLambda("Lambda, load balancer with multi-value headers, base64", "alb-multi-value", true),
]
