/** `pnpm start`: a bot in an Express, a Koa and a Fastify application, under the recorded updates of a real Telegram. */
import { demonstrate } from "./demonstrate.ts"
import { expressApplication } from "./express.ts"
import { fastifyApplication } from "./fastify.ts"
import { koaApplication } from "./koa.ts"

const problems = await demonstrate([expressApplication, koaApplication, fastifyApplication], process.stdout)
if (problems.length > 0) process.exitCode = 1
