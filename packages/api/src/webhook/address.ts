import { allowList, reservedNetworks } from "@hookgram/core"

/** Whether Telegram refuses an IPv4 address outside local mode (facts, 5.2). */
export const isReserved: (address: string) => boolean = allowList(reservedNetworks)

/** Whether a text is an address, of either family. */
export const isAddress: (text: string) => boolean = allowList(["0.0.0.0/0", "::/0"])

export function isIPv4(text: string): boolean {
  return isAddress(text) && !text.includes(":")
}
