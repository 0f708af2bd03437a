import type { IncomingMessage } from "node:http"
import type { Socket } from "node:net"
import { allowList, checked, isNetwork } from "@hookgram/core"
import { z } from "zod"

/** Options of what reads the peer's address itself, since there is no framework that would know its proxies. */
export interface ProxyOptions {
  /**
   * The addresses and CIDR networks of the proxies in front, whose `X-Forwarded-For` is believed; for example
   * `["127.0.0.1"]`. Who is trusted here can claim to be Telegram. A peer behind a unix socket has no address, and counts
   * as one of these when the list is given, be it empty.
   * @default none: the peer's own address counts
   */
  readonly trustedProxies?: readonly string[] | undefined
}

export const trustedProxies: z.ZodType<readonly string[]> = z.array(
  z
    .string({ error: "must be an address or a CIDR network" })
    .refine(isNetwork, "must be an address or a CIDR network, such as 127.0.0.1 or 10.0.0.0/8"),
  { error: "must be a list of addresses and CIDR networks" },
)

const schema = z.object({ trustedProxies: trustedProxies.optional() })

/**
 * Makes the function that tells from which address a request came: the last one in the chain of proxies that is not
 * trusted, and what it is if it is no address, so that nobody can hide behind a word.
 *
 * @throws HookgramError `invalid_options`, naming every entry that is wrong
 */
export function clientAddress(options: ProxyOptions): (request: IncomingMessage) => string | undefined {
  const { trustedProxies: trusted } = checked("These webhook options are wrong", schema.safeParse(options))
  if (!trusted) return ({ socket }) => socket.remoteAddress
  const isTrusted = allowList(trusted)
  return ({ socket, headers }) => {
    const { remoteAddress } = socket
    if (!isTrusted(remoteAddress) && !isUnix(socket)) return remoteAddress
    const chain = String(headers["x-forwarded-for"] ?? "")
      .split(",")
      .map((entry) => entry.trim())
    if (chain.length === 1 && chain[0] === "") return remoteAddress
    return chain.findLast((entry) => !isTrusted(entry)) ?? chain[0]
  }
}

/** Not told by the peer's address alone: a peer that has gone has none, either, and may have sent any header before. */
function isUnix({ remoteAddress, localAddress, destroyed }: Socket): boolean {
  return remoteAddress === undefined && localAddress === undefined && !destroyed
}
