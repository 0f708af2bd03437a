import { once } from "node:events"
import { type AddressInfo, connect, createServer } from "node:net"
import { onTestFinished } from "vitest"

/** Something between a proxy and a bot that passes bytes on and counts connections. */
export interface Relay {
  readonly port: number
  readonly connections: number
}

export async function startRelay(target: number): Promise<Relay> {
  let connections = 0
  const sockets = new Set<{ destroy(): void }>()
  const server = createServer((from) => {
    connections++
    const to = connect(target, "127.0.0.1")
    for (const socket of [from, to]) {
      sockets.add(socket)
      socket.on("error", () => {}).on("close", () => [from, to].map((each) => each.destroy()))
    }
    from.pipe(to).pipe(from)
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await once(server.close(), "close")
  })
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections
    },
  }
}
