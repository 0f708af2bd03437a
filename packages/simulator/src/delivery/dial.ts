import { connect, isIP, type Socket } from "node:net"
import { checkServerIdentity, connect as connectTls, type PeerCertificate } from "node:tls"
import type { WebhookUrl } from "./url.ts"

/** Opens a connection to the webhook, as Telegram does (facts, 10). It may be written to at once. */
export function dial(url: WebhookUrl, address: string, certificate: string | undefined): Socket {
  const { host, port } = url
  if (url.scheme === "http") return connect({ host: address, port, noDelay: true })
  const isAddress = isIP(host) !== 0
  return connectTls({
    host: address,
    port,
    ...(!isAddress && { servername: host }),
    // With a certificate of its own, that one alone is trusted, and an address is compared as a name would be.
    ...(certificate !== undefined && { ca: certificate }),
    checkServerIdentity: (_name, peer) =>
      isAddress && certificate !== undefined && isNamed(peer, host) ? undefined : checkServerIdentity(host, peer),
  })
}

function isNamed(peer: PeerCertificate, text: string): boolean {
  return peer.subject.CN === text || (peer.subjectaltname ?? "").split(", ").includes(`DNS:${text}`)
}
