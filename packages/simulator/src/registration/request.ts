import { X509Certificate } from "node:crypto"
import { isIP, isIPv4 } from "node:net"
import { type ApiError, badRequest } from "../api/error.ts"
import type { Parameters, UploadedFile } from "../api/parameters.ts"
import type { WebhookSettings } from "../delivery/webhook-delivery.ts"
import { parseWebhookUrl } from "../delivery/url.ts"
import { isReserved } from "./reserved.ts"

/** How many bytes a certificate may have (facts, 5.1). */
const CERTIFICATE_BYTES = 3_145_728

/** What a `setWebhook` asks for, as it was written. */
export interface WebhookRequest {
  readonly url: string
  /** After clamping: 1 to 100, or to 100 000 in local mode. */
  readonly maxConnections: number
  /** "" unless one is given. */
  readonly ipAddress: string
  readonly secretToken: string
  readonly certificate?: UploadedFile
}

export function readRequest(parameters: Parameters, strict: boolean): WebhookRequest {
  const certificate = parameters.file("certificate")
  const asked = parameters.integer("max_connections", strict ? 40 : 100)
  return {
    url: parameters.text("url"),
    maxConnections: Math.min(Math.max(asked, 1), strict ? 100 : 100_000),
    ipAddress: parameters.text("ip_address"),
    secretToken: parameters.text("secret_token"),
    ...(certificate && { certificate }),
  }
}

/** Whether nothing but the kinds could differ: then Telegram leaves the webhook as it is (facts, 5.4). */
export function isSameRequest(one: WebhookRequest, other: WebhookRequest): boolean {
  const names = ["url", "maxConnections", "ipAddress", "secretToken"] as const
  return !one.certificate && !other.certificate && names.every((name) => one[name] === other[name])
}

/**
 * The checks that need no look-up, in Telegram's order (facts, 5.1): first those of the call itself, then `allow` is
 * called, then those of the webhook.
 */
export function checkRequest(request: WebhookRequest, strict: boolean, allow: () => void): WebhookSettings {
  const url = parseWebhookUrl(request.url)
  if (!url) throw badRequest("invalid webhook URL specified")
  if (Buffer.byteLength(request.secretToken) > 256) throw badRequest("secret token is too long")
  if (!/^[\w-]*$/.test(request.secretToken)) throw badRequest("secret token contains unallowed characters")
  const size = request.certificate?.bytes.length ?? 0
  if (size > CERTIFICATE_BYTES) throw badRequest(`certificate size is too big (${size} bytes)`)
  allow()
  if (strict && url.scheme === "http") throw badWebhook("An HTTPS URL must be provided for webhook")
  if (strict && ![443, 80, 88, 8443].includes(url.port)) {
    throw badWebhook("Webhook can be set up only on ports 80, 88, 443 or 8443")
  }
  if (request.ipAddress !== "") checkAddress(request.ipAddress, strict)
  const certificate = url.scheme === "https" && request.certificate && readCertificate(request.certificate.bytes)
  return {
    url,
    maxConnections: request.maxConnections,
    secretToken: request.secretToken,
    ...(certificate && { certificate }),
  }
}

/** @throws if no webhook is set at this address */
export function checkAddress(address: string, strict: boolean): void {
  if (!isIP(address)) throw badWebhook("Invalid IP address specified")
  if (!strict) return
  if (!isIPv4(address)) throw badWebhook("IPv6-only addresses are not allowed")
  if (isReserved(address)) throw badWebhook(`IP address ${address} is reserved`)
}

export function badWebhook(reason: string): ApiError {
  return badRequest(`bad webhook: ${reason}`)
}

/** The certificates of a PEM. */
function readCertificate(bytes: Buffer): string {
  const block = /-----BEGIN (X509 |TRUSTED )?CERTIFICATE-----.*?-----END \1?CERTIFICATE-----/gs
  const found = bytes.toString("latin1").match(block)
  if (!found) throw badCertificate("error:05800088:x509 certificate routines::no certificate or crl found")
  try {
    return found.map((one) => new X509Certificate(one).toString()).join("")
  } catch (error) {
    throw badCertificate((error as Error).message)
  }
}

function badCertificate(reason: string): ApiError {
  return badWebhook(`Failed to set custom certificate file{${reason}}`)
}
