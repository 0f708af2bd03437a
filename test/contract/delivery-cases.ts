import type { ContractCase } from "./case.ts"
import { acceptCases } from "./delivery-accept.ts"
import { botCases } from "./delivery-bots.ts"
import { closeTimeoutCases } from "./delivery-close-timeout.ts"
import { deadLetterCases } from "./delivery-dead-letter.ts"
import { deadlineRetryCases } from "./delivery-deadline-retry.ts"
import { deadlineCases } from "./delivery-deadline.ts"
import { detachCases } from "./delivery-detach.ts"
import { drainCases } from "./delivery-drain.ts"
import { duplicateCases } from "./delivery-duplicates.ts"
import { failureCases } from "./delivery-failure.ts"
import { laneOrderCases } from "./delivery-lane-order.ts"
import { laneCases } from "./delivery-lanes.ts"
import { limitCases } from "./delivery-limits.ts"
import { observingCases } from "./delivery-observing.ts"
import { replicaCases } from "./delivery-replicas.ts"
import { replyCases } from "./delivery-reply.ts"
import { retryLaterCases } from "./delivery-retry-later.ts"
import { storeCases } from "./delivery-store.ts"
import { unfitReplyCases } from "./delivery-unfit-reply.ts"

/** The half of the contract that begins when an update has been read: what becomes of it, and what Telegram is told. */
export const deliveryCases: readonly ContractCase[] = [
  ...failureCases,
  ...duplicateCases,
  ...deadlineCases,
  ...deadlineRetryCases,
  ...detachCases,
  ...retryLaterCases,
  ...deadLetterCases,
  ...laneCases,
  ...laneOrderCases,
  ...limitCases,
  ...replyCases,
  ...unfitReplyCases,
  ...botCases,
  ...storeCases,
  ...replicaCases,
  ...drainCases,
  ...closeTimeoutCases,
  ...acceptCases,
  ...observingCases,
]
