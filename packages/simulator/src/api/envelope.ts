import type { ResponseParameters } from "@grammyjs/types"
import { stringify } from "../updates/stringify.ts"
import { ApiError } from "./error.ts"
import { Described, RawJson } from "./method.ts"

/** What a call is answered with, its fields in Telegram's order (facts, 8.3). */
export type Envelope =
  | { ok: true; result: unknown; description?: string }
  | { ok: false; error_code: number; description: string; parameters?: ResponseParameters }

export function success(result: unknown): Envelope {
  if (!(result instanceof Described)) return { ok: true, result }
  return { ok: true, result: result.result, description: result.description }
}

export function failure({ code, message, parameters }: ApiError): Envelope {
  return { ok: false, error_code: code, description: message, ...(parameters && { parameters }) }
}

/** What the caller is told when a method threw something that is no {@link ApiError}. */
export const brokenMethod: Envelope = failure(new ApiError(500, "Internal Server Error"))

/** As it is sent: one byte per character. */
export function envelopeText(envelope: Envelope): string {
  const raw = envelope.ok && envelope.result instanceof RawJson ? envelope.result : undefined
  return raw ? `{"ok":true,"result":${raw.text}}` : stringify(envelope)
}

/** As it is looked at: JSON text is parsed only then. */
export function readableEnvelope(envelope: Envelope): Envelope {
  if (!envelope.ok || !(envelope.result instanceof RawJson)) return envelope
  const raw = envelope.result
  return {
    ok: true,
    get result() {
      return raw.toJSON()
    },
  }
}
