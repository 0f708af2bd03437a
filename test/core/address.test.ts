import { BlockList, isIP } from "node:net"
import { reservedNetworks, telegramNetworks } from "@hookgram/core"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { allowList, parseNetwork } from "../../packages/core/src/address.ts"
import { isReserved } from "../../packages/simulator/src/registration/reserved.ts"

/** Node's own idea of the same list. */
function oracle(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const network of networks) {
    const [address = "", bits] = network.split("/")
    const family = isIP(address) === 6 ? "ipv6" : "ipv4"
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return (address) => list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4")
}

// Few distinct bytes and groups, so that networks and addresses meet often.
const byte = fc.oneof(fc.constantFrom(0, 1, 127, 128, 254, 255), fc.nat(255))
const v4 = fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join("."))
const group = fc.oneof(
  fc.constantFrom("0", "0", "1", "ffff", "FE80", "00ff"),
  fc.nat(0xffff).map((number) => number.toString(16)),
)
const v6 = fc
  .tuple(fc.array(group, { minLength: 8, maxLength: 8 }), fc.nat(7), fc.integer({ min: 1, max: 8 }), fc.boolean())
  .map(([groups, from, length, shorten]) => {
    if (!shorten) return groups.join(":")
    const left = groups.slice(0, from).join(":")
    return `${left}::${groups.slice(from + length).join(":")}`
  })
const v4Network = fc
  .tuple(v4, fc.option(fc.nat(32)))
  .map(([address, bits]) => (bits === null ? address : `${address}/${bits}`))
const v6Network = fc
  .tuple(v6, fc.option(fc.nat(128)))
  .map(([address, bits]) => (bits === null ? address : `${address}/${bits}`))

/** The network as 32 or 128 binary digits, and an address that shares its first `bits` of them. */
function neighbour(network: string, seed: readonly number[]): string {
  const [address = "", bits = "32"] = network.split("/")
  const fixed = Number(bits)
  const value = address.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n)
  const random = seed.reduce((sum, part) => sum * 256n + BigInt(part), 0n)
  const free = (1n << BigInt(32 - fixed)) - 1n
  const result = (value & ~free) | (random & free)
  return [24n, 16n, 8n, 0n].map((shift) => String((result >> shift) & 255n)).join(".")
}

describe("the addresses that are allowed are those of node:net BlockList", () => {
  test("IPv4 addresses and networks, also in IPv6-mapped form", () => {
    fc.assert(
      fc.property(fc.array(v4Network, { maxLength: 4 }), v4, (networks, address) => {
        const expected = oracle(networks)(address)
        expect(allowList(networks)(address)).toBe(expected)
        expect(allowList(networks)(`::ffff:${address}`)).toBe(expected)
      }),
    )
  })

  test("IPv4 addresses inside a network and one bit outside it", () => {
    fc.assert(
      fc.property(v4Network, fc.tuple(byte, byte, byte, byte), (network, seed) => {
        const address = neighbour(network, seed)
        expect(allowList([network])(address)).toBe(true)
        const flipped = address.replace(/^\d+/, (first) => String(Number(first) ^ 128))
        expect(allowList([network])(flipped)).toBe(oracle([network])(flipped))
      }),
    )
  })

  test("IPv6 addresses and networks in every way of writing them", () => {
    fc.assert(
      fc.property(fc.array(v6Network, { maxLength: 4 }), v6, fc.nat(128), (networks, address, bits) => {
        const all = [...networks, `${address}/${bits}`]
        expect(allowList(networks)(address)).toBe(oracle(networks)(address))
        const other = networks[0]?.split("/")[0]
        if (other !== undefined) expect(allowList(all)(other)).toBe(oracle(all)(other))
      }),
    )
  })

  test("a text that Node calls no address is allowed by nobody, and parses as a network only if it is one", () => {
    const bad = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[0-9a-fA-F:.%/]{1,20}$/),
      v6.map((text) => `${text}:1`),
      v4.map((text) => `${text}.1`),
    )
    fc.assert(
      fc.property(bad, (text) => {
        const known = isIP(text.replace(/%.*$/, "")) !== 0
        expect(allowList(["0.0.0.0/0", "::/0"])(text)).toBe(known)
      }),
    )
  })
})

test("an IPv6 network holds the IPv4 addresses that are mapped into it", () => {
  expect(allowList(["::ffff:149.154.160.0/116"])("149.154.167.50")).toBe(true)
  expect(allowList(["::ffff:149.154.160.0/116"])("149.154.176.1")).toBe(false)
  expect(allowList(["2001:db8::/32"])("32.1.13.184")).toBe(false)
})

test("a zone id is not part of the address", () => {
  const allowed = allowList(["fe80::/10"])
  expect(allowed("fe80::1%eth0")).toBe(true)
  expect(allowed("fec0::1%eth0")).toBe(false)
  expect(allowed("10.0.0.1%eth0")).toBe(false)
})

test.each([
  "",
  "1.2.3",
  "1.2.3.4.5",
  "01.2.3.4",
  "256.1.1.1",
  "1.2.3.4 ",
  "0x1.2.3.4",
  ":::",
  "1::2::3",
  "12345::",
  "::1.2.3",
  "1.2.3.4::",
  "g::",
  "unknown",
  "localhost",
  "1:2:3:4:5:6:7:8::",
  "1:2:3:4:5:6:7:8:9",
])("%j is no address", (text) => {
  expect(parseNetwork(text)).toBeUndefined()
  expect(allowList(["0.0.0.0/0", "::/0"])(text)).toBe(false)
})

test.each([
  "1.2.3.4/33",
  "::/129",
  "1.2.3.4/",
  "1.2.3.4/-1",
  "1.2.3.4/8/8",
  "1.2.3.4/ 8",
  "1.2.3.4/1e1",
  "/8",
  "::/+8",
])("%j is no network", (text) => {
  expect(parseNetwork(text)).toBeUndefined()
})

test("an unknown address and an empty list allow nobody", () => {
  expect(allowList(["0.0.0.0/0", "::/0"])(undefined)).toBe(false)
  expect(allowList([])("149.154.167.50")).toBe(false)
})

test("Telegram's networks: facts, 10", () => {
  const allowed = allowList(telegramNetworks)
  expect(["149.154.160.0", "149.154.175.255", "91.108.4.0", "91.108.7.255", "::ffff:91.108.6.1"].map(allowed)).toEqual(
    Array(5).fill(true),
  )
  expect(["149.154.159.255", "149.154.176.0", "91.108.3.255", "91.108.8.0", "::1"].map(allowed)).toEqual(
    Array(5).fill(false),
  )
})

test("the reserved networks are those at which the simulator sets no webhook: facts, 5.2", () => {
  const reserved = allowList(reservedNetworks)
  // The first and the last octets of each block, and their neighbours.
  const octets = [0, 1, 2, 9, 10, 11, 15, 16, 17, 18, 19, 20, 31, 32, 51, 63, 64, 88, 99, 100, 113, 126, 127, 128]
  const high = [...octets, 168, 169, 172, 191, 192, 193, 198, 199, 203, 204, 223, 224, 254, 255]
  const wrong: string[] = []
  for (const first of high)
    for (const second of high)
      for (const third of high) {
        const address = `${first}.${second}.${third}.7`
        if (reserved(address) !== isReserved(address)) wrong.push(address)
      }
  expect(wrong).toEqual([])
  expect(["172.32.0.1", "198.17.255.255", "223.255.255.255", "8.8.8.8"].filter(reserved)).toEqual([])
  expect(["172.31.255.255", "198.18.0.0", "224.0.0.0", "10.0.0.0", "255.255.255.255"].map(reserved)).toEqual(
    Array(5).fill(true),
  )
})
