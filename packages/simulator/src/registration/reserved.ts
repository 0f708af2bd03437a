import { BlockList } from "node:net"

/** Addresses at which api.telegram.org sets no webhook (facts, 5.2). */
const blocks = new BlockList()
for (const block of [
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
]) {
  const [network = "", prefix] = block.split("/")
  blocks.addSubnet(network, Number(prefix), "ipv4")
}

/** @param address an IPv4 address */
export function isReserved(address: string): boolean {
  return blocks.check(address, "ipv4")
}
