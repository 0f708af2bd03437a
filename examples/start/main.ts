/**
 * `pnpm start`: a bot in an Express application, on a Telegram of its own, with a page to talk to it. With `--once` one
 * conversation is held and shown; with `--frameworks` recorded updates arrive in Express, Koa and Fastify.
 */
import { parseArgs } from "node:util"
import { converse } from "./converse.ts"
import { demonstrate } from "./frameworks/demonstrate.ts"
import { expressApplication } from "./frameworks/express.ts"
import { fastifyApplication } from "./frameworks/fastify.ts"
import { koaApplication } from "./frameworks/koa.ts"
import { openPage } from "./page.ts"

const { values } = parseArgs({ options: { frameworks: { type: "boolean" }, once: { type: "boolean" } } })

if (values.frameworks) {
  const problems = await demonstrate([expressApplication, koaApplication, fastifyApplication], process.stdout)
  if (problems.length > 0) process.exitCode = 1
} else if (values.once) await converse(process.stdout)
else await openPage(process.stdout)
