import { allowList } from "./address.ts"
import { type Rejection, rejections } from "./answer.ts"
import type { ResolvedOptions } from "./options.ts"
import type { WebhookRequest } from "./request.ts"
import { matchesSecret } from "./secret.ts"

/** `application/json`, with or without parameters. Telegram sends exactly the first form (facts, 1.1). */
const json = /^application\/json\s*(;|$)/i

/**
 * Makes the check that comes before any byte of the body: method, address, secret, content type, declared length. A
 * missing and a wrong secret give the same answer.
 */
export function verifier({
  allowedAddresses,
  secretToken,
  bodyLimit,
}: ResolvedOptions): (request: WebhookRequest) => Rejection | undefined {
  const allowed = allowedAddresses && allowList(allowedAddresses)
  const digits = String(bodyLimit).length
  return (request) => {
    if (request.method !== "POST") return rejections.method
    if (allowed && !allowed(request.address())) return rejections.address
    if (secretToken && !matchesSecret(request.header("x-telegram-bot-api-secret-token") ?? "", secretToken))
      return rejections.secret
    const type = request.header("content-type")
    if (type !== "application/json" && !json.test(type ?? "")) return rejections.contentType
    const encoding = request.header("content-encoding")
    if (encoding !== undefined && encoding !== "identity") return rejections.contentType // never compressed: facts, 1.1
    const declared = request.header("content-length")
    // Making a number of a text is slow, and a short one cannot be over the limit.
    if (declared !== undefined && declared.length >= digits && Number(declared) > bodyLimit) return rejections.tooLarge
    return undefined
  }
}
