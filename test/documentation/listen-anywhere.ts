import { type AddressInfo, Server } from "node:net"

// Loaded ahead of a documented program: it listens on a free port of the loopback, and says which, instead of the port it asks for.
const { listen } = Server.prototype

Server.prototype.listen = function (this: Server, ...args: unknown[]): Server {
  this.once("listening", () => console.log(`Listening on http://127.0.0.1:${(this.address() as AddressInfo).port}`))
  const callback = args.find((each) => typeof each === "function") as (() => void) | undefined
  return Reflect.apply(listen, this, [0, "127.0.0.1", callback]) as Server
}
