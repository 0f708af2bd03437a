export { healthHandler } from "./health.ts"
export type { HealthOptions, MountOptions } from "@hookgram/node"
export { telegramWebhook } from "./webhook.ts"
