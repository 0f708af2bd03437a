import { telegramWebhook } from "@hookgram/express"
import express, { type RequestHandler } from "express"
import { Bot as GrammyBot, webhookCallback } from "grammy"
import { Bot as NodeTelegramBot, registerExpressWebhook } from "node-telegram-bot-api"
import { Telegraf } from "telegraf"
import type { Site, Subject } from "./subject.ts"

/** Each with its defaults, as its documentation shows it. */
export const subjects: readonly Subject[] = [
  { name: "grammY", how: 'webhookCallback(bot, "express")', mount: (site) => grammy(site, {}) },
  { name: "Telegraf", how: "bot.webhookCallback(path)", mount: (site) => telegraf(site, {}) },
  {
    name: "node-telegram-bot-api",
    how: "registerExpressWebhook(bot, app, { path })",
    mount: (site) => nodeTelegramBot(site, {}),
  },
  {
    name: "by hand: work, then 200",
    how: "await work(req.body); res.sendStatus(200)",
    mount: (site) =>
      byHand(site, async (_, res) => {
        await site.work()
        res.sendStatus(200)
      }),
  },
  {
    name: "by hand: 200, then work",
    how: "res.sendStatus(200); await work(req.body)",
    mount: (site) =>
      byHand(site, async (_, res) => {
        res.sendStatus(200)
        await site.work()
      }),
  },
  { name: "Hookgram", how: "telegramWebhook({ path, handler })", mount: (site) => hookgram(site, {}) },
]

/** The same with an option that changes what becomes of an update. */
export const variants: readonly Subject[] = [
  {
    name: "grammY",
    how: 'webhookCallback(bot, "express", { onTimeout: "return" })',
    mount: (site) => grammy(site, { onTimeout: "return" }),
  },
  {
    name: "Telegraf",
    how: "new Telegraf(token, { handlerTimeout: 30_000 })",
    mount: (site) => telegraf(site, { handlerTimeout: 30_000 }),
  },
  {
    name: "node-telegram-bot-api",
    how: "bot.catch((error) => { throw error })",
    mount: (site) => nodeTelegramBot(site, { rethrow: true }),
  },
  {
    name: "node-telegram-bot-api",
    how: "registerExpressWebhook(bot, app, { path, fastAck: true })",
    mount: (site) => nodeTelegramBot(site, { fastAck: true }),
  },
  {
    name: "Hookgram",
    how: 'telegramWebhook({ path, handler, onDeadline: "retry" })',
    mount: (site) => hookgram(site, { onDeadline: "retry" }),
  },
  {
    name: "Hookgram",
    how: "telegramWebhook({ path, handler, deadline: 0 })",
    mount: (site) => hookgram(site, { deadline: 0 }),
  },
]

function grammy(
  { app, path, secretToken, token, apiRoot, work, scaled }: Site,
  options: { onTimeout?: "return" },
): void {
  const bot = new GrammyBot(token, { client: { apiRoot } })
  bot.use(work)
  const scaledDefaults = { timeoutMilliseconds: scaled(10_000) }
  app.use(path, express.json(), webhookCallback(bot, "express", { ...scaledDefaults, ...options, secretToken }))
}

function telegraf(
  { app, path, secretToken, token, apiRoot, work, scaled }: Site,
  { handlerTimeout = 90_000 }: { handlerTimeout?: number },
): void {
  const bot = new Telegraf(token, { telegram: { apiRoot }, handlerTimeout: scaled(handlerTimeout) })
  bot.use(work)
  app.use(bot.webhookCallback(path, { secretToken }))
}

function nodeTelegramBot(
  { app, path, secretToken, token, apiRoot, work }: Site,
  { rethrow = false, fastAck = false }: { rethrow?: boolean; fastAck?: boolean },
): void {
  const bot = new NodeTelegramBot(token, { apiRoot })
  bot.use(work)
  if (rethrow) {
    bot.catch((error) => {
      throw error
    })
  }
  registerExpressWebhook(bot, app, { path, secretToken, fastAck })
}

function byHand({ app, path, secretToken }: Site, handle: RequestHandler): void {
  const guard: RequestHandler = (req, res, next) =>
    req.get("X-Telegram-Bot-Api-Secret-Token") === secretToken ? next() : void res.sendStatus(401)
  app.post(path, guard, express.json(), handle)
}

function hookgram(
  { app, path, secretToken, work, scaled }: Site,
  { deadline = 5000, onDeadline = "acknowledge" }: { deadline?: number; onDeadline?: "acknowledge" | "retry" },
): void {
  const onEvent = (): void => {}
  app.use(telegramWebhook({ path, secretToken, handler: work, deadline: scaled(deadline), onDeadline, onEvent }))
}
