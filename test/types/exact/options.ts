/** What is not there may be passed as `undefined`, also to a compiler with `exactOptionalPropertyTypes`. Never run. */
import { createApi, diagnoseWebhook, ensureWebhook, file, poll } from "@hookgram/api"
import { Bot, redisAsks } from "@hookgram/bot"
import { createHealth, createWebhook, memoryDedup } from "@hookgram/core"
import { telegramWebhook as inLambda } from "@hookgram/lambda"
import { serve, telegramWebhook } from "@hookgram/node"
import { startSimulator } from "@hookgram/simulator"
import type { ALBEvent, APIGatewayProxyEvent, APIGatewayProxyEventV2, Context } from "aws-lambda"

declare const lambda: APIGatewayProxyEvent & APIGatewayProxyEventV2 & ALBEvent
declare const context: Context
declare const redis: Parameters<typeof redisAsks>[0]

const none = undefined
const api = createApi("1:a", { baseUrl: none, test: none, fetch: none, timeout: none, retry: none })
const call = { signal: none, timeout: none, retry: none }
void api.getMe({}, call)
file("a", { name: none, type: none })

const config = { url: "", secretToken: "", certificate: none, ipAddress: none, maxConnections: none }
const kinds = { allowedUpdates: none, allowUnknownUpdates: none, dropPendingUpdates: none, local: none }
void ensureWebhook(api, { ...config, ...kinds }, { store: none, always: none, timeout: none, signal: none })
void diagnoseWebhook(api, config, { watch: none, signal: none })

const bot = new Bot(api, { username: none, webhookReply: none, asks: none })
redisAsks(redis, { botId: 1, subscriber: none, prefix: none })
bot.on.message((message) => message.ask("?", { timeout: none, signal: none }))
const polling = { signal: none, deleteWebhook: none, limit: none, timeout: none, onError: none }
void bot.startPolling({ ...polling, webhook: none })

const limits = { bodyLimit: none, bodyTimeout: none, deadline: none, onDeadline: none, concurrency: none }
const more = { queueLimit: none, maxAttempts: none, maxAge: none, dedup: none, botId: none, lease: none, lane: none }
const observers = { allowedAddresses: none, onDeadLetter: none, callApi: none, onEvent: none }
const options = { secretToken: false, ...limits, ...more, ...observers } as const
const webhook = createWebhook({ handler: bot, ...options })
void poll(api, webhook, { ...polling, allowedUpdates: none })
void webhook.close({ timeout: none })
memoryDedup({ max: none, remember: none })
createHealth({ webhook, api: none, path: none, refresh: none, checks: none })
telegramWebhook({ webhook, path: none, trustedProxies: none })
void inLambda({ webhook })(lambda, context)

const places = { host: none, port: none, socket: none, path: none, tls: none, trustedProxies: none }
const ends = { deleteOnStop: none, signals: none, drainTimeout: none, maxConnections: none, health: none }
void serve({ bot, handler: none, api: none, webhook: none, checks: none, ...options, ...places, ...ends })

const start = { port: none, host: none, token: none, username: none, clock: none, speed: none, start: none }
void startSimulator({ ...start, seed: none, strict: none, history: none, patience: none, lookup: none })
