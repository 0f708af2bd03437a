export { healthHandler } from "./health.ts"
export type { HealthOptions, MountOptions } from "@hookgram/core"
export { FetchRequest, type RequestHost } from "./request.ts"
export { type FetchHandler, telegramWebhook } from "./webhook.ts"
