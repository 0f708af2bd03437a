import { checked, HookgramError } from "@hookgram/core"
import { z } from "zod"
import type { Api } from "../api.ts"
import { pause } from "../attempt.ts"
import { abortSignal, milliseconds } from "../fields.ts"
import { TelegramError } from "../telegram-error.ts"
import { resolveConfig, type WebhookConfig, type WebhookSettings } from "../webhook/config.ts"
import type { Finding } from "./finding.ts"
import { explainError } from "./refusals.ts"
import { situations } from "./situations.ts"

/** How to look. Nothing is required. */
export interface DiagnoseOptions {
  /**
   * How long to watch whether the number of updates that wait grows, or does not go down, in milliseconds; 0 for one look.
   * @default 0
   */
  readonly watch?: number | undefined
  /** Ends the calls and the wait, with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

const schema = z.strictObject({ watch: milliseconds.min(0, "must not be negative").default(0), signal: abortSignal })

const order = ["error", "warning", "info"]

/**
 * Says what is wrong with a bot's webhook, why, and what to do: what Telegram shows of its deliveries, and where that differs
 * from the configuration, if there is one. It changes nothing. A configuration that is wrong and a Bot API that cannot be
 * reached are findings, too.
 *
 * What a delivery failed with is an `error` if it is at most 10 minutes old and updates wait, else `info`: Telegram shows it
 * until the webhook is set anew (facts, 3.7). Updates that wait are `info`; a `warning` if there are 100, if there is such
 * an error, or if they do not go down during `watch`; an `error` from 90 000 on, as Telegram keeps 100 000 (facts, 7.4).
 *
 * @returns the worst first; empty if all is well
 * @throws HookgramError `invalid_options`, naming every option that is wrong; the signal's reason when that fires
 * @example
 * for (const { severity, cause, fix } of await diagnoseWebhook(api)) console.log(`${severity}: ${cause} ${fix}`)
 */
export async function diagnoseWebhook(
  api: Pick<Api, "getWebhookInfo">,
  config?: WebhookConfig,
  options: DiagnoseOptions = {},
): Promise<Finding[]> {
  const { watch, signal } = checked("These options of diagnoseWebhook are wrong", schema.safeParse(options))
  const findings: Finding[] = []
  let settings: WebhookSettings | undefined
  try {
    settings = config && (await resolveConfig(config))
  } catch (error) {
    findings.push(wrongConfig(error))
  }
  try {
    const first = await api.getWebhookInfo({}, { signal })
    if (watch > 0) await pause(watch, signal)
    const info = watch > 0 ? await api.getWebhookInfo({}, { signal }) : first
    findings.push(...situations(info, settings, Date.now() / 1000))
    if (watch > 0 && info.url) findings.push(...trend(first.pending_update_count, info.pending_update_count, watch))
  } catch (error) {
    signal?.throwIfAborted()
    findings.push(unreachable(error))
  }
  return findings.toSorted((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity))
}

/** What the number of updates that wait does while it is watched. */
function trend(before: number, after: number, watch: number): Finding[] {
  if (after === 0 || after < before) return []
  if (after === before) {
    return [
      {
        code: "pending_stuck",
        severity: "warning",
        cause: "Updates wait, and they have not become fewer.",
        fix: "See the last error, if there is one, and whether the receiver gets requests and answers them.",
        evidence: `${after} before and after ${watch} ms`,
      },
    ]
  }
  return [
    {
      code: "pending_growing",
      severity: "warning",
      cause: "More updates come in than are delivered.",
      fix: "See the last error, and how long the receiver takes; raise maxConnections if it has room.",
      evidence: `${after - before} more in ${watch} ms`,
    },
  ]
}

function wrongConfig(error: unknown): Finding {
  const cause = error instanceof HookgramError ? error.message : String(error)
  return { code: "invalid_config", severity: "error", cause, fix: "Mend these: Telegram would refuse the webhook." }
}

function unreachable(error: unknown): Finding {
  const explained = error instanceof TelegramError ? explainError(error) : undefined
  return (
    explained ?? {
      code: "api_unreachable",
      severity: "error",
      cause: "The Bot API cannot be asked about the webhook.",
      fix: "Check the network and baseUrl, and try again.",
      evidence: error instanceof Error ? error.message : String(error),
    }
  )
}
