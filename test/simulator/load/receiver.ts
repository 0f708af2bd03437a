/** A receiver that does nothing but confirm, in a process of its own: its port is its first line of output. */
import { type AddressInfo, createServer } from "node:net"

const OK = Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

const server = createServer({ noDelay: true }, (socket) => {
  let rest = ""
  socket.on("error", () => {})
  socket.on("data", (chunk) => {
    rest += chunk.toString("latin1")
    for (let end = rest.indexOf("\r\n\r\n"); end >= 0; end = rest.indexOf("\r\n\r\n")) {
      const at = rest.indexOf("Content-Length: ") + "Content-Length: ".length
      const whole = end + 4 + Number.parseInt(rest.slice(at, at + 8), 10)
      if (rest.length < whole) return
      rest = rest.slice(whole)
      socket.write(OK)
    }
  })
})
server.listen(0, "127.0.0.1", () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
