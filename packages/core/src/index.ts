export { allowList, isNetwork, reservedNetworks, telegramNetworks } from "./address.ts"
export type { RejectionReason } from "./answer.ts"
export type { Claim, DedupStore, Lease, UpdateKey } from "./dedup.ts"
export { type ErrorCode, GiveUp, HookgramError, RetryLater } from "./errors.ts"
export type { Observer, UpdateRef, WebhookEvent } from "./events.ts"
export type { BotLike, ContextBot, Handler, HandlerContext, HandlerFunction } from "./handler.ts"
export { createHealth, type Health, type HealthOptions } from "./health.ts"
export type { HealthApi, HealthReport, TelegramView } from "./health-report.ts"
export type { LaneKey } from "./lanes.ts"
export { logFailures } from "./log.ts"
export { memoryDedup, type MemoryDedupOptions } from "./memory-dedup.ts"
export { type Mount, mount, type MountOptions, type MountPath } from "./mount.ts"
export type { WebhookOptions } from "./options.ts"
export type { Outcome } from "./outcome.ts"
export { checked } from "./problems.ts"
export { unfitReply, type WebhookReply } from "./reply.ts"
export type { BodyLimits, WebhookRequest, WebhookResponse } from "./request.ts"
export { deriveSecretToken } from "./secret.ts"
export { Expiring, Timeouts } from "./timeouts.ts"
export {
  chatOf,
  dateOf,
  kindOf,
  laneOf,
  lifetimeOf,
  type Update,
  type UpdateKind,
  updateKinds,
  userOf,
} from "./update.ts"
export { createWebhook, type Webhook, type WebhookStatus } from "./webhook.ts"
