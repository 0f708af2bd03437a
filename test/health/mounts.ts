import { createServer, type RequestListener, type Server } from "node:http"
import { healthHandler as forExpress } from "@hookgram/express"
import { healthHandler as forFastify } from "@hookgram/fastify"
import { healthHandler as forFetch } from "@hookgram/fetch"
import { healthHandler as forKoa } from "@hookgram/koa"
import { type HealthOptions, healthHandler as forNode } from "@hookgram/node"
import { Router } from "@koa/router"
import express, { type Express } from "express"
import express4 from "express4"
import Fastify, { type FastifyInstance } from "fastify"
import { Hono } from "hono"
import Koa from "koa"
import Koa2 from "koa2"
import { fetchServer } from "../support/fetch-server.ts"

/** One way to put health checks into an application. */
export interface HealthMount {
  readonly name: string
  /** A server, not yet listening, with the checks at `/health`, and an application that answers `GET /other` with "other". */
  server(options: Omit<HealthOptions, "path">): Server | Promise<Server>
  /** Whether other paths get 404, there being no application. */
  readonly isAlone?: boolean
}

const path = "/health"
const paths = [path, `${path}/live`, `${path}/ready`]

function withExpress(name: string, putIn: (app: Express, options: HealthOptions) => unknown): HealthMount {
  return { name, server: (options) => createServer(expressApplication(name, (app) => putIn(app, options))) }
}

function expressApplication(name: string, putIn: (app: Express) => unknown): RequestListener {
  const app = name.includes("Express 4") ? express4() : express()
  putIn(app)
  app.get("/other", (_req, res) => void res.send("other"))
  return app as RequestListener
}

function withKoa(name: string, putIn: (app: Koa, options: HealthOptions) => unknown): HealthMount {
  const server = (options: HealthOptions): Server => {
    const app = name.startsWith("Koa 2") ? new Koa2() : new Koa()
    putIn(app, options)
    app.use(new Router().get("/other", (ctx) => void (ctx.body = "other")).routes())
    return createServer(app.callback())
  }
  return { name, server }
}

function withFastify(name: string, putIn: (app: FastifyInstance, options: HealthOptions) => unknown): HealthMount {
  const server = async (options: HealthOptions): Promise<Server> => {
    const app = Fastify()
    await putIn(app, options)
    app.get("/other", () => "other")
    await app.ready()
    return app.server
  }
  return { name, server }
}

function withHono(name: string, putIn: (app: Hono, options: HealthOptions) => unknown): HealthMount {
  return { name, server: (options) => fetchServer(honoApplication((app) => putIn(app, options)).fetch) }
}

function honoApplication(putIn: (app: Hono) => unknown): Hono {
  const app = new Hono()
  putIn(app)
  return app.get("/other", (c) => c.text("other"))
}

const nothing = (): void => {}

export const healthMounts: readonly HealthMount[] = [
  { name: "node:http", server: (options) => createServer(forNode({ path, ...options })), isAlone: true },
  {
    name: "node:http in front of Express",
    server: (options) => createServer(forNode({ path, ...options }, expressApplication("Express 5", nothing))),
  },

  withExpress("Express 5", (app, options) => app.use(forExpress({ path, ...options }))),
  withExpress("Express 5, app.use(path)", (app, options) => app.use(path, forExpress(options))),
  withExpress("Express 5, routes", (app, options) => app.all(paths, forExpress(options))),
  withExpress("Express 5 behind express.json()", (app, options) =>
    app.use(express.json(), forExpress({ path, ...options })),
  ),
  withExpress("Express 4", (app, options) => app.use(forExpress({ path, ...options }))),
  withExpress("Express 4, app.use(path)", (app, options) => app.use(path, forExpress(options))),

  withKoa("Koa 3", (app, options) => app.use(forKoa({ path, ...options }))),
  withKoa("Koa 3, routes", (app, options) => app.use(new Router().all(paths, forKoa(options)).routes())),
  withKoa("Koa 2", (app, options) => app.use(forKoa({ path, ...options }))),

  withFastify("Fastify 5", (app, options) => app.register(forFastify, { path, ...options })),
  withFastify("Fastify 5 with a prefix", (app, options) => app.register(forFastify, { prefix: path, ...options })),
  withFastify("Fastify 5 with a path that ends in a slash", (app, options) =>
    app.register(forFastify, { path: `${path}/`, ...options }),
  ),
  withFastify("Fastify 5 in a scope with a prefix", (app, options) =>
    app.register(async (scope) => scope.register(forFastify, options), { prefix: path }),
  ),

  { name: "fetch", server: (options) => fetchServer(forFetch({ path, ...options })), isAlone: true },
  {
    name: "fetch in front of Hono",
    server: (options) => fetchServer(forFetch({ path, ...options }, honoApplication(nothing).fetch)),
  },
  withHono("Hono, routes", (app, options) => {
    const answer = forFetch(options)
    for (const each of paths) app.all(each, (c) => answer(c.req.raw))
  }),
]
