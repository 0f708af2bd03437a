/** The types of the api's public API. Never run: the compiler is the test. */
import {
  type Api,
  createApi,
  diagnoseWebhook,
  ensureWebhook,
  file,
  type Finding,
  TelegramError,
  type WebhookConfig,
  type WebhookStore,
} from "@hookgram/api"
import type { HookgramError } from "@hookgram/core"
import type { Message, Update, UserFromGetMe } from "@grammyjs/types"
import { expectTypeOf } from "vitest"

const { signal } = new AbortController()
const api: Api = createApi("123456:ABC", { baseUrl: "http://127.0.0.1:8081", retry: { attempts: 2 }, fetch })

// Methods have Telegram's parameters and results, and options after these.
expectTypeOf(api.getMe()).resolves.toEqualTypeOf<UserFromGetMe>()
expectTypeOf(api.getMe({}, { signal })).resolves.toEqualTypeOf<UserFromGetMe>()
expectTypeOf(api.getUpdates()).resolves.toEqualTypeOf<Update[]>()
expectTypeOf(api.getUpdates({ timeout: 30 }, { timeout: 40_000, retry: false })).resolves.toEqualTypeOf<Update[]>()
expectTypeOf(api.sendMessage({ chat_id: 1, text: "x" })).resolves.toEqualTypeOf<Message.TextMessage>()

// @ts-expect-error -- a text is missing
void api.sendMessage({ chat_id: 1 })
// @ts-expect-error -- there is no such parameter
void api.sendMessage({ chat_id: 1, text: "x", txt: "y" })
// @ts-expect-error -- nor such a method
void api.sendMesage({ chat_id: 1, text: "x" })
// @ts-expect-error -- a method without parameters takes none
void api.getMe({ id: 1 })

// A file is a file, an address or a file_id, also inside.
void api.sendPhoto({ chat_id: 1, photo: file("cat.jpg") })
void api.sendPhoto({ chat_id: 1, photo: new URL("https://example.com/cat.jpg") })
void api.sendPhoto({ chat_id: 1, photo: "AgACAgQ" })
void api.sendMediaGroup({ chat_id: 1, media: [{ type: "photo", media: file(new Uint8Array()) }] })
void file(new Blob([]).stream(), { name: "a" })
// @ts-expect-error -- bytes are no file yet
void api.sendPhoto({ chat_id: 1, photo: new Uint8Array() })

// Kinds are known ones, and any text, which is checked when it runs.
const config: WebhookConfig = { url: "", secretToken: false, allowedUpdates: ["message", "thought"] }
// @ts-expect-error -- without a secret only on purpose
const open: WebhookConfig = { url: "" }
void open

const store: WebhookStore = new Map<string, string>()
expectTypeOf(ensureWebhook(api, config, { store, signal })).resolves.toHaveProperty("changed")
expectTypeOf(diagnoseWebhook({ getWebhookInfo: api.getWebhookInfo }, config)).resolves.toEqualTypeOf<Finding[]>()

const error: unknown = undefined
if (error instanceof TelegramError) {
  expectTypeOf(error).toExtend<HookgramError>()
  expectTypeOf(error.parameters.retry_after).toEqualTypeOf<number | undefined>()
}
