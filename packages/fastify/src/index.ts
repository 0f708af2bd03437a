export type { MountOptions } from "@hookgram/node"
export { telegramWebhook } from "./webhook.ts"
