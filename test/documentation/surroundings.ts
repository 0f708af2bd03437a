import type { Block } from "./blocks.ts"

/** What excerpts take for granted, by name. */
const everywhere: Readonly<Record<string, string>> = {
  secretToken: "declare const secretToken: string",
  handler: 'declare const handler: import("@hookgram/core").Handler',
  webhook: 'declare const webhook: import("@hookgram/core").Webhook',
  update: 'declare const update: import("@hookgram/core").Update',
  message: 'declare const message: NonNullable<import("@hookgram/core").Update["message"]>',
}

const health = { api: 'declare const api: import("@hookgram/core").HealthApi' }

const express = {
  app: 'declare const app: import("express").Express',
  ...health,
  healthHandler: 'import { healthHandler } from "@hookgram/express"',
  telegramWebhook: 'import { telegramWebhook } from "@hookgram/express"',
}

/** Excerpts of all frameworks in one block, and interfaces. */
const design: Readonly<Record<string, string>> = {
  app: "declare const app: { use(middleware: unknown): void; register(plugin: unknown, options: object): Promise<void> }",
  router: "declare const router: { post(path: string, handler: unknown): void }",
  telegramWebhook: express.telegramWebhook,
  ...imported("@hookgram/core", ["WebhookRequest", "WebhookResponse", "Outcome", "WebhookStatus", "Lease", "Claim"]),
}

/** Where the excerpts are: the `@example` blocks of a package, and whole documents. */
const names: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "docs/design.md": design,
  core: {
    ...express,
    ...imported("@hookgram/core", [
      "createHealth",
      "createWebhook",
      "deriveSecretToken",
      "kindOf",
      "memoryDedup",
      "checked",
      "GiveUp",
      "RetryLater",
      "telegramNetworks",
    ]),
  },
  express,
  koa: {
    app: 'declare const app: import("koa")',
    ...health,
    ...imported("@hookgram/koa", ["telegramWebhook", "healthHandler"]),
  },
  fastify: {
    app: 'declare const app: import("fastify").FastifyInstance',
    ...health,
    ...imported("@hookgram/fastify", ["telegramWebhook", "healthHandler"]),
  },
  node: {
    app: 'declare const app: import("node:http").RequestListener',
    req: 'declare const req: import("node:http").IncomingMessage',
    ...imported("node:http", ["createServer"]),
    bot: 'declare const bot: import("@hookgram/bot").Bot',
    ...health,
    ...imported("@hookgram/node", ["telegramWebhook", "healthHandler", "serve", "NodeRequest", "readBody", "respond"]),
  },
  api: {
    api: 'declare const api: import("@hookgram/api").Api',
    error: "declare const error: unknown",
    redis:
      "declare const redis: { get(key: string): Promise<string | null>; set(key: string, value: string, options?: { NX: true; PX: number }): Promise<string | null> }",
    ...imported("@hookgram/core", ["createWebhook"]),
    ...imported("@hookgram/api", [
      "callerOf",
      "createApi",
      "diagnoseWebhook",
      "ensureWebhook",
      "explainError",
      "file",
      "poll",
      "TelegramError",
      "WebhookStore",
    ]),
  },
  bot: {
    ...express,
    bot: 'declare const bot: import("@hookgram/bot").Bot',
    message: 'declare const message: import("@hookgram/bot").BotMessage',
    ...imported("@hookgram/bot", ["Bot"]),
  },
  fetch: {
    request: "declare const request: Request",
    ...health,
    ...imported("@hookgram/fetch", ["telegramWebhook", "healthHandler", "FetchRequest"]),
  },
  lambda: imported("@hookgram/lambda", ["telegramWebhook", "LambdaRequest", "LambdaEvent", "LambdaContext"]),
  simulator: {
    telegram: 'declare const telegram: import("@hookgram/simulator").Simulator',
    ...imported("@hookgram/simulator", ["startSimulator"]),
  },
}

function imported(module: string, exports: readonly string[]): Record<string, string> {
  return Object.fromEntries(exports.map((name) => [name, `import { ${name} } from "${module}"`]))
}

/** Whether a block is no module of its own, so that it cannot be run. */
export function isExcerpt({ file, language }: Block): boolean {
  return language === "example" || file in names
}

/** Declarations, in one line, of the names that an excerpt uses and neither declares nor imports. */
export function surroundings({ file, code }: Block): string {
  const [, name = file] = /^packages\/([^/]+)\/src\//.exec(file) ?? []
  const known = { ...everywhere, ...names[name] }
  const missing = Object.entries(known).filter(
    ([each]) => new RegExp(`\\b${each}\\b`).test(code) && !declares(code, each),
  )
  return `${missing.map(([, declaration]) => declaration).join("; ")}; export {}`
}

function declares(code: string, name: string): boolean {
  return new RegExp(`\\b(const|let|function|class)\\s+${name}\\b|import[^\\n]*\\b${name}\\b[^\\n]*from`).test(code)
}
