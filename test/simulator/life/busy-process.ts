/**
 * A process that uses all that a simulator has, and closes it in the midst of that. It ends by itself if nothing is left.
 * Its arguments: the clock, and the port of a receiver that never answers.
 */
import { connect } from "node:net"
import { startSimulator } from "@hookgram/simulator"

const [clock, port] = process.argv.slice(2)
const telegram = await startSimulator({ clock: clock === "virtual" ? "virtual" : "real" })
const other = telegram.addBot()

const call = async (path: string) => (await fetch(`${telegram.url}/bot${path}`)).json() as Promise<{ ok: boolean }>
const hook = encodeURIComponent(`http://127.0.0.1:${port}/`)
const fromTestEnvironment = telegram.token.replace(":", ":test-")

// Connections that say nothing, too little or nonsense, to the Bot API and to the page.
const open = (text: string) =>
  connect(Number(new URL(telegram.url).port), "127.0.0.1")
    .on("error", () => {})
    .end(text)
const streams = [
  connect(Number(new URL(telegram.url).port), "127.0.0.1"),
  open("nonsense\r\n\r\n"),
  open(`POST /bot${telegram.token}/sendMessage HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc`),
]
const events = await fetch(`${telegram.url}/events`)

const ana = telegram.user("Ana")
const answers = [
  await call(`${telegram.token}/setWebhook?url=${hook}`),
  await call(`${fromTestEnvironment}/test/setWebhook?url=${hook}`),
  await call(
    `${telegram.token}/sendPoll?chat_id=${(await ana.send("/start")).chat.id}&question=Q&options=["a","b"]&open_period=600`,
  ),
]
telegram.fault({ kind: "duplicate" })
telegram.fault({ kind: "stall" })
telegram.fault({ kind: "delay", milliseconds: 50_000 })
for (let id = 0; id < 20; id++) await telegram.user(`Person ${id}`).send("hi")
void call(`${other.token}/getUpdates?timeout=50`).catch(() => {})
void telegram.until(() => undefined, 3_600_000).catch(() => {})
void telegram.sleep(3_600_000)
await new Promise((resolve) => setTimeout(resolve, 200))

await telegram.close()
await events.body?.cancel().catch(() => {})
for (const stream of streams) stream.destroy()
process.stdout.write(
  `${JSON.stringify({ answers: answers.map(({ ok }) => ok), deliveries: telegram.deliveries.length })}\n`,
)
