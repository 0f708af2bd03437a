/** The types of core's public API. Never run: the compiler is the test. */
import {
  createWebhook,
  type DedupStore,
  deriveSecretToken,
  GiveUp,
  type HandlerContext,
  HookgramError,
  kindOf,
  laneOf,
  logFailures,
  memoryDedup,
  type Outcome,
  RetryLater,
  telegramNetworks,
  type Update,
  type UpdateKind,
  updateKinds,
  type Webhook,
  type WebhookEvent,
  type WebhookOptions,
  type WebhookReply,
  type WebhookRequest,
  type WebhookResponse,
} from "@hookgram/core"
import type { Message, Update as KnownUpdate } from "@grammyjs/types"
import { expectTypeOf } from "vitest"

const secretToken = "secret"
const handler = (): void => {}

// The handler's arguments are typed without being annotated.
createWebhook({
  secretToken,
  handler: (update, context) => {
    expectTypeOf(update).toEqualTypeOf<KnownUpdate>()
    expectTypeOf(update.update_id).toEqualTypeOf<number>()
    expectTypeOf(update.message?.text).toEqualTypeOf<string | undefined>()
    expectTypeOf(update.message).toExtend<Message | undefined>()
    expectTypeOf(context).toEqualTypeOf<HandlerContext>()
  },
})
createWebhook({
  secretToken,
  handler: async ({ callback_query }, { attempt, signal, deadline, detach }) => {
    expectTypeOf(callback_query?.data).toEqualTypeOf<string | undefined>()
    expectTypeOf(attempt).toEqualTypeOf<number>()
    expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
    expectTypeOf(deadline).toEqualTypeOf<number>()
    expectTypeOf(detach).toEqualTypeOf<() => void>()
    // @ts-expect-error a context is read, not written
    signal.aborted = true
  },
})

// What it may return: a reply, a promise of one, anything or nothing.
createWebhook({ secretToken, handler: (): WebhookReply => ({ method: "sendMessage", chat_id: 1, text: "hi" }) })
createWebhook({ secretToken, handler: async (): Promise<WebhookReply | undefined> => undefined })
createWebhook({ secretToken, handler: () => 7 })
expectTypeOf<{ text: string }>().not.toExtend<WebhookReply>()
expectTypeOf<{ method: number }>().not.toExtend<WebhookReply>()
expectTypeOf<{ method: string; chat_id: number }>().toExtend<WebhookReply>()

// secretToken is required, and only `false` goes without.
createWebhook({ secretToken: false, handler })
createWebhook({ secretToken: ["old", "new"] as const, handler })
createWebhook({ secretToken: await deriveSecretToken("1:a"), handler })
// @ts-expect-error it is missing
createWebhook({ handler })
// @ts-expect-error true is no secret
createWebhook({ secretToken: true, handler })
// @ts-expect-error an environment variable may be missing
createWebhook({ secretToken: process.env["SECRET"], handler })
// @ts-expect-error the handler is missing
createWebhook({ secretToken })
// @ts-expect-error no options
createWebhook()

// A wrong option is an error.
// @ts-expect-error Telegram's name for it
createWebhook({ secret_token: "secret", handler })
// @ts-expect-error misspelt
createWebhook({ secretToken, handler, dedlines: 5 })
// @ts-expect-error neither of the two
createWebhook({ secretToken, handler, onDeadline: "forget" })
// @ts-expect-error a number of milliseconds
createWebhook({ secretToken, handler, deadline: "5s" })
// @ts-expect-error a store
createWebhook({ secretToken, handler, dedup: new Set<number>() })
// @ts-expect-error a lane is a text or a number
createWebhook({ secretToken, handler, lane: () => ({}) })
// @ts-expect-error no handler at all
createWebhook({ secretToken, handler: {} })

createWebhook({
  secretToken,
  handler,
  allowedAddresses: telegramNetworks,
  lane: (update) => laneOf(update) ?? `user ${update.update_id}`,
  dedup: memoryDedup({ max: 10, remember: 1000 }),
  botId: 7,
  onDeadLetter: (update, error, attempts) => {
    expectTypeOf(update).toEqualTypeOf<Update>()
    expectTypeOf(error).toEqualTypeOf<unknown>()
    expectTypeOf(attempts).toEqualTypeOf<number>()
  },
  callApi: async (call) => {
    expectTypeOf(call.method).toEqualTypeOf<string>()
    expectTypeOf(call["chat_id"]).toEqualTypeOf<unknown>()
  },
  onEvent: (event) => {
    if (event.type === "failed") expectTypeOf(event.duration).toEqualTypeOf<number>()
    if (event.type === "rejected") expectTypeOf(event.reason).toExtend<string>()
    logFailures(event)
  },
})
expectTypeOf(memoryDedup).returns.toEqualTypeOf<DedupStore>()
expectTypeOf<WebhookOptions["lane"]>().returns.toEqualTypeOf<string | number | undefined>()

// What a webhook gives.
const webhook = createWebhook({ secretToken, handler })
expectTypeOf(webhook).toEqualTypeOf<Webhook>()
expectTypeOf(webhook.receive).toEqualTypeOf<(request: WebhookRequest) => Promise<WebhookResponse>>()
expectTypeOf(webhook.accept).parameter(0).toEqualTypeOf<unknown>()
expectTypeOf(webhook.accept).returns.resolves.toEqualTypeOf<Outcome>()
expectTypeOf(webhook.close).returns.resolves.toEqualTypeOf<void>()
const { counters, lastUpdate } = webhook.status()
expectTypeOf(counters.received).toEqualTypeOf<number | undefined>()
expectTypeOf(lastUpdate?.at).toEqualTypeOf<Date | undefined>()
const outcome = await webhook.accept({ update_id: 1 })
if (outcome.result === "handled") expectTypeOf(outcome.reply).toEqualTypeOf<WebhookReply | undefined>()
// @ts-expect-error only a failure has an error
if (outcome.result === "duplicate") expectTypeOf(outcome.error).toBeUnknown()

// Kinds are Telegram's, and unknown ones are texts.
expectTypeOf(updateKinds).toEqualTypeOf<readonly UpdateKind[]>()
expectTypeOf<"message">().toExtend<UpdateKind>()
expectTypeOf(kindOf({ update_id: 1 })).toExtend<string | undefined>()

// Errors carry a known code.
const error = new HookgramError("closing", "…", { cause: new Error("cause") })
expectTypeOf(new GiveUp("reason")).toExtend<HookgramError>()
expectTypeOf(new RetryLater(30).seconds).toEqualTypeOf<number>()
// @ts-expect-error no such code
if (error.code === "no_such_code") throw error
expectTypeOf<WebhookEvent["type"]>().toExtend<string>()
