export type { MountOptions } from "@hookgram/core"
export type { LambdaContext, LambdaEvent, LambdaResult } from "./event.ts"
export { LambdaRequest } from "./request.ts"
export { telegramWebhook } from "./webhook.ts"
