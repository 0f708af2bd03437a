import { X509Certificate } from "node:crypto"
import { readFile } from "node:fs/promises"
import { HookgramError } from "@hookgram/core"

/** Key and certificate as PEM. */
export interface Pems {
  readonly key: string | Uint8Array
  readonly cert: string | Uint8Array
}

/** @throws HookgramError `invalid_options` when a file cannot be read, or is none */
export async function readTls({ key, cert }: Pems): Promise<Pems> {
  const pems = { key: await read("tls.key", key), cert: await read("tls.cert", cert) }
  certificateOf(pems)
  return pems
}

async function read(name: string, source: string | Uint8Array): Promise<string | Uint8Array> {
  if (typeof source !== "string" || source.includes("-----BEGIN")) return source
  try {
    return await readFile(source)
  } catch (cause) {
    throw new HookgramError("invalid_options", `${name}: the file ${source} cannot be read.`, { cause })
  }
}

/**
 * The certificate that Telegram has to be given, because nobody else vouches for it (facts, 10): one that is signed with its
 * own key. `checkIssued` would say no where its key is not meant for signing certificates, as is usual.
 */
export function selfSigned(pems: Pems): string | undefined {
  const certificate = certificateOf(pems)
  return certificate.verify(certificate.publicKey) ? certificate.toString() : undefined
}

function certificateOf({ cert }: Pems): X509Certificate {
  try {
    return new X509Certificate(cert)
  } catch (cause) {
    throw new HookgramError("invalid_options", "tls.cert: is no certificate in PEM.", { cause })
  }
}
