import { file } from "../file.ts"
import { nodeModule } from "../node-module.ts"

/** The most that Telegram takes, in bytes (facts, 5.1). */
const MAX_BYTES = 3_145_728

const BLOCK = /-----BEGIN (X509 |TRUSTED )?CERTIFICATE-----[\s\S]*?-----END \1?CERTIFICATE-----/

/** A certificate, or what is wrong with it. */
type Read = { readonly pem: string; readonly problem?: never } | { readonly pem?: never; readonly problem: string }

/** Reads a certificate, from a path unless it is the PEM itself. */
export async function readCertificate(source: string | Uint8Array): Promise<Read> {
  try {
    const pem = await textOf(source)
    const problem = problemWith(pem)
    return problem === undefined ? { pem } : { problem }
  } catch (error) {
    // Not its message, which shows the path: that could be the certificate's text, without its first line.
    const { code } = ((error as Error).cause ?? {}) as { code?: unknown }
    return { problem: `cannot be read${typeof code === "string" ? ` (${code})` : ""}: is there such a file?` }
  }
}

async function textOf(source: string | Uint8Array): Promise<string> {
  if (typeof source !== "string") return new TextDecoder().decode(source)
  return source.includes("-----BEGIN") ? source : (await file(source).blob()).text()
}

/** Telegram answers 400 to what it cannot parse, and ignores whatever is not uploaded as a file (facts, 5.1). */
function problemWith(pem: string): string | undefined {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) return "has a private key in it, which must not leave your server"
  const [block] = BLOCK.exec(pem) ?? []
  if (block === undefined) return "must be PEM: a file with -----BEGIN CERTIFICATE----- in it"
  if (pem.length > MAX_BYTES) return `must have at most ${MAX_BYTES} bytes`
  const { X509Certificate } = nodeModule("node:crypto") ?? {}
  if (!X509Certificate) return undefined
  try {
    const { validTo } = new X509Certificate(block)
    return Date.parse(validTo) < Date.now() ? `has expired: it was valid to ${validTo}` : undefined
  } catch {
    return "is no certificate: what stands between BEGIN and END cannot be parsed"
  }
}
