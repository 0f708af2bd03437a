import { type Simulator, startSimulator } from "@hookgram/simulator"
import type { CallbackQuery, Message } from "@grammyjs/types"
import type { Browser, Locator, Page } from "playwright-core"
import { onTestFinished } from "vitest"
import { callApi } from "../support/post.ts"
import { OK, startReceiver, status, updateOf } from "../support/receiver.ts"

type Person = ReturnType<Simulator["user"]>

/** A page that shows Ana's chat with a bot. */
export interface Visit {
  telegram: Simulator
  ana: Person
  page: Page
  /** The messages that are shown. */
  messages: Locator
  /** Types a message, and sends it. */
  say: (text: string) => Promise<void>
  call: (method: string, parameters: object) => ReturnType<typeof callApi>
}

/** What a bot does with an update; what it throws is answered with 500. */
export type Handler = (update: Told, visit: Pick<Visit, "call">) => Promise<void> | void

/** What the tests look at of an update, of which it has one. */
interface Told {
  message: Message
  callback_query: CallbackQuery & { message: Message }
}

/** Opens the page of a new simulator, with a bot behind a webhook. */
export async function visit(browser: Browser, handler: Handler = () => undefined): Promise<Visit> {
  const telegram = await startSimulator()
  const call: Visit["call"] = (method, parameters) => callApi(telegram, method, { ...parameters })
  const receiver = await startReceiver(async (request) => {
    try {
      await handler(updateOf(request) as object as Told, { call })
      return OK
    } catch {
      return status(500)
    }
  })
  await call("setWebhook", { url: receiver.url })
  const ana = telegram.user("Ana")
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const errors: unknown[] = []
  page.on("pageerror", (error) => errors.push(error))
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()))
  onTestFinished(async () => {
    await context.close()
    await receiver.close()
    await telegram.close()
    if (errors.length > 0) throw new Error(`The page reported: ${errors.join("\n")}`)
  })
  await page.goto(telegram.url)
  await page.getByRole("heading", { name: "Bot" }).first().waitFor()
  const say = async (text: string) => {
    await page.getByRole("textbox", { name: "Message" }).fill(text)
    await page.keyboard.press("Enter")
  }
  return { telegram, ana, page, messages: page.getByRole("log").getByRole("listitem"), say, call }
}
