/** `pnpm load`: how fast the simulator delivers, and what it keeps in memory. The receiver has a process of its own. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { parseArgs } from "node:util"
import { startSimulator } from "@hookgram/simulator"

const { values } = parseArgs({
  options: {
    updates: { type: "string", default: "100000" },
    chats: { type: "string", default: "1000" },
    connections: { type: "string", default: "40" },
  },
})
const [updates, chats] = [Number(values.updates), Number(values.chats)]

const receiver = spawn(process.execPath, ["--import", "tsx", `${import.meta.dirname}/receiver.ts`], {
  stdio: ["ignore", "pipe", "inherit"],
})
const [port] = await once(receiver.stdout, "data")

const telegram = await startSimulator()
const at = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`
const before = process.memoryUsage()

for (let index = 0; index < updates; index++) {
  const id = 1000 + (index % chats)
  telegram.bot.emit("message", {
    message_id: index,
    from: { id, is_bot: false, first_name: "Ana", language_code: "es" },
    chat: { id, first_name: "Ana", type: "private" },
    date: Math.floor(telegram.now / 1000),
    text: "A message as people write them, of some 60 characters or so",
  })
}
const stored = process.memoryUsage()

const cpu = process.cpuUsage()
const start = performance.now()
const body = JSON.stringify({ url: `http://127.0.0.1:${Number(port)}/`, max_connections: Number(values.connections) })
await fetch(`${telegram.url}/bot${telegram.token}/setWebhook`, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body,
})
await telegram.settled()
const seconds = (performance.now() - start) / 1000
const used = process.cpuUsage(cpu)
const after = process.memoryUsage()
const delivered = telegram.deliveries.filter(({ outcome }) => outcome === "delivered").length

console.log(`${updates} updates of ${chats} chats over ${values.connections} connections`)
console.log(`in ${seconds.toFixed(1)} s: ${(updates / seconds).toFixed(0)} per second`)
console.log(
  `CPU: ${((used.user + used.system) / 1e6).toFixed(1)} s: ${(updates / ((used.user + used.system) / 1e6)).toFixed(0)} per second of one core`,
)
console.log(
  `heap: ${at(before.heapUsed)} before, ${at(stored.heapUsed)} with all stored, ${at(after.heapUsed)} at the end`,
)
console.log(
  `resident: ${at(before.rss)}, ${at(stored.rss)}, ${at(after.rss)}; the last ${delivered} deliveries are kept`,
)
await telegram.close()
receiver.kill()
