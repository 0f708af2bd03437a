import { startSimulator } from "@hookgram/simulator"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { launch, noBrowser } from "./chromium.ts"
import { visit } from "./visit.ts"

describe.skipIf(noBrowser !== undefined)("the chat page", { timeout: 60_000 }, () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser.close())

  const menu = {
    inline_keyboard: [
      [
        { text: "Plan A", callback_data: "a" },
        { text: "Plan B", callback_data: "b" },
      ],
    ],
  }

  test("a person talks to the bot: messages, formatting, buttons, answers, edits", async () => {
    const { page, messages, say } = await visit(browser, async ({ message, callback_query: query }, { call }) => {
      if (message) {
        const text = "<b>Choose</b> a <i>plan</i>: <code>A</code>, <a href='https://example.org/b'>B</a>"
        await call("sendMessage", { chat_id: message.chat.id, text, parse_mode: "HTML", reply_markup: menu })
      }
      if (query) {
        await call("answerCallbackQuery", { callback_query_id: query.id, text: `You took ${query.data}` })
        const { chat, message_id } = query.message
        await call("editMessageText", { chat_id: chat.id, message_id, text: "Thank you" })
      }
    })
    await page.getByRole("button", { name: "Start" }).click()
    const reply = messages.filter({ hasText: "Choose a plan" })
    await reply.waitFor()
    expect(await reply.locator("strong", { hasText: "Choose" }).count()).toBe(1)
    expect(await reply.locator("em, code").allInnerTexts()).toEqual(["plan", "A"])
    const link = reply.getByRole("link", { name: "B" })
    expect(await link.getAttribute("href")).toBe("https://example.org/b")
    expect(await link.getAttribute("rel")).toBe("noopener noreferrer")
    await page.getByRole("button", { name: "Plan B" }).click()
    await page.getByText("You took b").waitFor()
    await messages.filter({ hasText: /Thank you\s*edited/ }).waitFor()
    expect(await messages.count()).toBe(2)
    await say("done")
    await messages.filter({ hasText: "done" }).waitFor()
    await page.getByRole("tab", { name: "API calls" }).click()
    await page.getByRole("tabpanel").locator("summary", { hasText: "answerCallbackQuery" }).click()
    await page.getByText('"text": "You took b"').waitFor()
  })

  test("a reply keyboard sends its text, and goes when the bot takes it away", async () => {
    const { page, messages, say } = await visit(browser, async ({ message }, { call }) => {
      const isFirst = message.text === "hi"
      const reply_markup = isFirst ? { keyboard: [["Today", "Tomorrow"]] } : { remove_keyboard: true }
      await call("sendMessage", { chat_id: message.chat.id, text: isFirst ? "When?" : "Noted", reply_markup })
    })
    await say("hi")
    await page.getByRole("group", { name: "Keyboard of the bot" }).getByRole("button", { name: "Tomorrow" }).click()
    await messages.filter({ hasText: "Noted" }).waitFor()
    expect(await messages.filter({ hasText: "Tomorrow" }).count()).toBe(1)
    await page.getByRole("button", { name: "Tomorrow" }).waitFor({ state: "detached" })
  })

  test("a picture and a file are sent and shown, and what the bot says of them quotes them", async () => {
    const { page, messages } = await visit(browser, async ({ message }, { call }) => {
      const { chat, message_id, photo, document } = message
      const text = photo ? "a photo" : `a file named ${document?.file_name}`
      await call("sendMessage", { chat_id: chat.id, text, reply_parameters: { message_id } })
    })
    const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    await page.setInputFiles("#file", { name: "dot.png", mimeType: "image/png", buffer: Buffer.from(pixel, "base64") })
    const image = messages.getByRole("img", { name: "Photo" })
    await image.waitFor()
    await expect.poll(() => image.evaluate((element) => (element as { naturalWidth?: number }).naturalWidth)).toBe(1)
    await messages.filter({ hasText: /In reply to\s*Ana\s*photo\s*a photo/ }).waitFor()
    await page.setInputFiles("#file", { name: "<b>.html", mimeType: "text/html", buffer: Buffer.from("<h1>hi</h1>") })
    await messages.filter({ hasText: "a file named <b>.html" }).waitFor()
    const download = page.waitForEvent("download")
    await messages.getByRole("link", { name: /<b>\.html/ }).click()
    expect(await (await download).failure()).toBeNull()
  })

  test("a failing handler is seen with its retries, and the delivery that got through at last", async () => {
    let failures = 3
    const { page, messages, say } = await visit(browser, async ({ message }, { call }) => {
      if (failures-- > 0) throw new Error("not yet")
      await call("sendMessage", { chat_id: message.chat.id, text: "At last" })
    })
    await say("hi")
    const delivery = page.getByRole("tabpanel", { name: "Deliveries" }).locator("details", { hasText: "message" })
    await expect.poll(() => delivery.locator(".pill").allInnerTexts()).toEqual(["500", "500"])
    await delivery.getByText(/retry in \d s/).waitFor()
    await page.getByRole("tab", { name: "Deliveries 1 failing" }).waitFor()
    await page.getByRole("region", { name: "Webhook" }).getByText("Wrong response from the webhook: 500").waitFor()
    await delivery.locator("summary").click()
    await delivery.getByText("next attempt at once").waitFor()
    await delivery.getByText("next attempt 2 s later").waitFor()
    await messages.filter({ hasText: "At last" }).waitFor()
    await expect.poll(() => delivery.locator("summary .pill").allInnerTexts()).toEqual(["500", "500", "500", "200"])
  })

  test("markup in texts, names and buttons stays text", async () => {
    const attack = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    const reply_markup = { inline_keyboard: [[{ text: attack, url: "javascript:document.title=3" }]] }
    const { telegram, ana, page, messages, say } = await visit(browser)
    await say(attack)
    await expect.poll(() => messages.first().innerText()).toContain(attack)
    const { bot } = telegram
    const entities = [{ type: "text_link" as const, offset: 0, length: 4, url: "javascript:document.title=4" }]
    const from = { ...bot.user, first_name: attack }
    telegram.world.post(ana.chat, { user: from, bot }, { text: attack, entities, reply_markup })
    telegram.group(attack, { members: [ana] })
    telegram.user(attack)
    await expect.poll(() => messages.nth(1).innerText()).toContain(attack)
    await expect.poll(() => page.getByRole("navigation", { name: "Chats" }).innerText()).toContain(attack)
    expect(await messages.getByRole("link").count()).toBe(0)
    expect(await page.locator("#messages img, #messages script, .chats img").count()).toBe(0)
    expect(await page.title()).toBe("Telegram simulator")
  })

  test("a reload keeps the person and the chat", async () => {
    const { telegram, ana, page, messages } = await visit(browser)
    telegram.user("Ben")
    const team = telegram.group("Team", { members: [ana] })
    await ana.in(team).send("first")
    await page.getByRole("button", { name: /^Team/ }).click()
    await messages.filter({ hasText: "first" }).waitFor()
    await page.reload()
    await messages.filter({ hasText: "first" }).waitFor()
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Team")
    expect(await page.getByRole("combobox", { name: "You are" }).locator("option:checked").innerText()).toBe("Ana")
  })

  test("a simulator that ended is missed, and found again when it is back", async () => {
    const first = await startSimulator()
    first.user("Ana")
    const page = await browser.newPage()
    await page.goto(first.url)
    await page.getByRole("button", { name: "Start" }).waitFor()
    await first.close()
    await page.getByText("The simulator is not there").waitFor()
    const second = await startSimulator({ port: Number(new URL(first.url).port) })
    second.user("Eve")
    await page
      .getByRole("combobox", { name: "You are" })
      .getByRole("option", { name: "Eve" })
      .waitFor({ state: "attached" })
    await page.getByText("The simulator is not there").waitFor({ state: "hidden" })
    await page.close()
    await second.close()
  })
})
