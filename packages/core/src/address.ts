/**
 * The networks that Telegram's webhook requests come from: for the option `allowedAddresses`. They may change; see
 * https://core.telegram.org/bots/webhooks and facts, 10. Telegram connects over IPv4 only.
 */
export const telegramNetworks: readonly string[] = ["149.154.160.0/20", "91.108.4.0/22"]

/**
 * The IPv4 networks that are nobody's on the internet: private, reserved, for documentation, for many at once. Telegram sets
 * no webhook there, unless its server is in local mode (facts, 5.2 and 5.6).
 */
export const reservedNetworks: readonly string[] = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
]

/** An address as 16 bytes, IPv4 in its IPv6-mapped form, so that one comparison serves both families. */
type Bytes = readonly number[]

const MAPPED_PREFIX: Bytes = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]

function parseIPv4(text: string): Bytes | undefined {
  const parts = text.split(".")
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255))
    return undefined
  return parts.map(Number)
}

function parseIPv6(text: string): Bytes | undefined {
  const halves = text.split("::")
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half, index) => parseGroups(half, index === halves.length - 1))
  if (head === undefined) return undefined
  if (halves.length === 1) return head.length === 16 ? head : undefined
  if (tail === undefined || head.length + tail.length > 14) return undefined
  return [...head, ...Array<number>(16 - head.length - tail.length).fill(0), ...tail]
}

/** The groups between colons; only the last one of an address may be a dotted IPv4 address. */
function parseGroups(text: string, last: boolean): Bytes | undefined {
  if (text === "") return []
  const groups = text.split(":")
  const bytes: number[] = []
  for (const [index, group] of groups.entries()) {
    const dotted = last && index === groups.length - 1 && group.includes(".") ? parseIPv4(group) : undefined
    if (dotted) bytes.push(...dotted)
    else if (/^[0-9a-f]{1,4}$/i.test(group))
      bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff)
    else return undefined
  }
  return bytes
}

function parseAddress(text: string): Bytes | undefined {
  if (!text.includes(":")) {
    const bytes = parseIPv4(text)
    return bytes && [...MAPPED_PREFIX, ...bytes]
  }
  return parseIPv6(text.replace(/%.*$/, ""))
}

interface Network {
  readonly bytes: Bytes
  readonly bits: number
}

/** Reads `10.0.0.0/8`, `2001:db8::/32` or a bare address; `undefined` when it is none of these. */
export function parseNetwork(text: string): Network | undefined {
  const [address = "", length, rest] = text.split("/")
  const bytes = parseAddress(address)
  if (!bytes || rest !== undefined) return undefined
  if (length === undefined) return { bytes, bits: 128 }
  const bits = /^\d{1,3}$/.test(length) ? Number(length) + (address.includes(":") ? 0 : 96) : Number.NaN
  return bits <= 128 ? { bytes, bits } : undefined
}

/** Whether a text is an address or a CIDR network. */
export function isNetwork(text: string): boolean {
  return parseNetwork(text) !== undefined
}

function contains({ bytes, bits }: Network, address: Bytes): boolean {
  const whole = bits >> 3
  for (let index = 0; index < whole; index++) if (bytes[index] !== address[index]) return false
  const mask = 0xff & (0xff00 >> (bits & 7))
  return ((bytes[whole] ?? 0) & mask) === ((address[whole] ?? 0) & mask)
}

/** Makes the check for a list of addresses and CIDR networks. What cannot be read as an address is not allowed. */
export function allowList(networks: readonly string[]): (address: string | undefined) => boolean {
  const allowed = networks.map(parseNetwork).filter((network) => network !== undefined)
  return (address) => {
    const bytes = address === undefined ? undefined : parseAddress(address)
    return bytes !== undefined && allowed.some((network) => contains(network, bytes))
  }
}
