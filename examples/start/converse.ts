import { startSimulator } from "@hookgram/simulator"
import { startApplication } from "./application.ts"

/** Holds one conversation with the bot, and shows it with the deliveries it was made of. */
export async function converse(output: { write(text: string): unknown }): Promise<void> {
  const telegram = await startSimulator()
  const stop = await startApplication(telegram)
  const say = (line: string) => output.write(`${line}\n`)
  const ana = telegram.user("Ana")

  for (const text of ["/start", "Hello <you>", "/fail"]) {
    await ana.send(text)
    say(`Ana:  ${text}`)
    const { text: reply } = await ana.nextReply({ timeout: 20_000 })
    say(`Bot:  ${reply?.replaceAll("\n", "\n      ")}`)
  }
  const press = await ana.press("Pressed: 0")
  say("Ana:  presses [Pressed: 0]")
  const { text } = await press.answered()
  say(`Bot:  ${text}`)
  await telegram.settled()

  say("\nupdate         kind            attempt  outcome    status")
  for (const { updateId, kind, attempt, outcome, status } of telegram.deliveries) {
    say(`${String(updateId).padEnd(15)}${kind.padEnd(16)}${String(attempt).padEnd(9)}${outcome.padEnd(11)}${status}`)
  }
  say(
    "\nEach update was handled once; the one that failed was tried again. Next: run it without --once, and talk to the bot.",
  )
  await stop()
  await telegram.close()
}
