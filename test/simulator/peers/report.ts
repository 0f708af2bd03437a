import { readFileSync } from "node:fs"
import type { Outcome } from "./observe.ts"
import type { Observed } from "./observe-all.ts"
import type { Subject } from "./subject.ts"
import { subjects, variants } from "./subjects.ts"
import { troubles } from "./troubles.ts"

const libraries = ["express", "grammy", "telegraf", "node-telegram-bot-api"]

/** The versions of all that is observed. */
export function versions(): string {
  return [...libraries.map((name) => `test/node_modules/${name}`), "packages/express"].map(nameAndVersion).join(" · ")
}

function nameAndVersion(folder: string): string {
  const file = new URL(`../../../${folder}/package.json`, import.meta.url)
  const { name, version } = JSON.parse(readFileSync(file, "utf8")) as { name: string; version: string }
  return `${name} ${version}`
}

/** What became of an update, in words; in bold what was run more than once, or lost. */
function inWords({ begun, completed, confirmed }: Outcome): string {
  const times = ["**lost**", "once", "**twice**"][completed] ?? `**${completed} times**`
  const attempt = completed > 0 && begun > completed ? `, the ${begun === 2 ? "2nd" : `${begun}th`} run` : ""
  return `${times}${attempt}${confirmed ? "" : ", and on"}`
}

/** A table of what became of an update. */
function outcomes(of: readonly Subject[], observed: Observed): string {
  const rows = of.map((subject) => [subject.name, `\`${subject.how}\``, ...(observed.get(subject) ?? []).map(inWords)])
  return table(["", "", ...troubles.map(({ title }) => title)], rows)
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heads, heads.map(() => "---"), ...rows]
  return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("")
}

/** The whole page, as Markdown. */
export function report(observed: Observed): string {
  return `# Peers under faults

Written by \`pnpm peers\`; do not edit. Which ways to receive a webhook **run an update twice, or lose one**, when something goes wrong that
goes wrong with webhooks: observed on the published packages, with deliveries by [@hookgram/simulator](../packages/simulator), which
delivers as [Telegram does](telegram-delivery.md).

${versions()}

## By default

${outcomes(subjects, observed)}
${table(
  ["trouble", ""],
  troubles.map(({ title, what }) => [title, what]),
)}
*Once*, *twice*, *4 times*: so many runs of the handler came to their end. *Lost*: none did, and Telegram was told that the update is done with.
*And on*: after 250 s Telegram had still not been told so, and was going to deliver it again, for up to 24 hours.

## With an option

${outcomes(variants, observed)}
## Why

- **grammY** lets an error of the handler through to Express, which answers 500; so it does when the handler has taken 10 s
  (\`timeoutMilliseconds\`, \`onTimeout: "throw"\`), and Telegram delivers again while the first run goes on. With \`onTimeout: "return"\` it answers 200
  then, and what fails later is not tried again.
- **Telegraf** waits for the handler, for 90 s at most (\`handlerTimeout\`), which is longer than Telegram waits. It ends the response, with 200, also
  when the handler has failed or has taken too long: a shorter \`handlerTimeout\` ends the repetition, and no error makes Telegram deliver again.
- **node-telegram-bot-api** waits for the handler without a limit. An error goes to the \`bot.catch\` function, which by default prints it and
  lets the update count as handled, as its documentation says; one that throws makes it a 500. \`fastAck\` answers first.
- **By hand**, one either waits for the work, and Telegram delivers again what takes too long; or answers first, and nothing that fails is tried again.
- **Hookgram** answers after 5 s (\`deadline\`), and the handler goes on. By default the answer is 200, and what the process has answered for is
  lost if it dies; with \`onDeadline: "retry"\` it is 503, so that nothing is confirmed that is not done. A delivery of an update that is running
  joins that run; of one that was handled, it is confirmed. What is lost because it failed after the answer is handed to \`onDeadLetter\`.
- An update that is delivered again has the \`update_id\` that it had. The other libraries leave it to the handler to look at it: one that remembers
  these ids, and knows which of them are being handled, is not run twice.

## How it is observed

Each is in an Express 5 application of its own, with a secret token, one update, and a handler that does nothing but wait. Time runs 8 or 30
times as fast as Telegram's, all of it: the simulator's (\`speed\`), the time that the handler takes, and each one's own limits, by their options
(\`timeoutMilliseconds\`, \`handlerTimeout\`, \`deadline\`). Deliveries are watched for 250 s of that time where the handler takes long, and for 60 s
elsewhere; runs that have begun by then may end, and count. A process that dies is played by one whose connections break and whose handler never
comes back, and a new one at the same port that remembers nothing.

A test observes it all again and compares it with this page.
`
}
