export type { MountOptions } from "@hookgram/core"
export { FetchRequest, type RequestHost } from "./request.ts"
export { type FetchHandler, telegramWebhook } from "./webhook.ts"
