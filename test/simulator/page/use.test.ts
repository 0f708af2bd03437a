import type { Browser, Locator } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { launch, noBrowser } from "./chromium.ts"
import { visit } from "./visit.ts"

describe.skipIf(noBrowser !== undefined)("the chat page", { timeout: 60_000 }, () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser.close())

  test("by keyboard alone: a new person, a message, a button, a reaction, an edit, the lists", async () => {
    const { page, messages } = await visit(browser, async ({ message, callback_query: query }, { call }) => {
      const reply_markup = { inline_keyboard: [[{ text: "Yes", callback_data: "y" }]] }
      if (message) await call("sendMessage", { chat_id: message.chat.id, text: "Sure?", reply_markup })
      if (query) await call("answerCallbackQuery", { callback_query_id: query.id, text: "Good", show_alert: true })
    })
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key)
    }
    const reach = async (name: string, key: string) => {
      for (let count = 0; count < 60; count++) {
        await press(key)
        const focused = await page.evaluate<string>(
          "(document.activeElement.ariaLabel ?? document.activeElement.textContent).trim()",
        )
        if (focused.startsWith(name)) return
      }
      throw new Error(`${name} was not reached`)
    }
    await reach("New person", "Tab")
    await press("Enter")
    await page.keyboard.type("Eve")
    await press("Enter")
    await page
      .getByRole("combobox", { name: "You are" })
      .locator("option:checked", { hasText: "Eve" })
      .waitFor({ state: "attached" })
    await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("text")
    await page.keyboard.type("hi")
    await press("Enter")
    await messages.filter({ hasText: "Sure?" }).waitFor()
    await reach("Yes", "Shift+Tab")
    await press("Enter")
    await page.getByRole("dialog").getByText("Good").waitFor()
    await press("Enter")
    await expect.poll(() => page.evaluate("document.activeElement.textContent")).toBe("Yes")
    await reach("React with 👍", "Tab")
    await press("Enter")
    await page.getByRole("button", { name: "👍, 1", pressed: true }).waitFor()
    await messages.last().focus()
    await press("ArrowUp")
    expect(await page.evaluate("document.activeElement.textContent")).toContain("hi")
    await page.getByRole("textbox", { name: "Message" }).focus()
    await press("ArrowUp")
    await page.keyboard.type("!")
    await press("Enter")
    await messages.filter({ hasText: /hi!\s*edited/ }).waitFor()
    await reach("Deliveries", "Tab")
    await press("ArrowRight")
    expect(await page.getByRole("tab", { selected: true }).innerText()).toContain("API calls")
  })

  test("what can be heard: landmarks, names, and messages as they come", async () => {
    const { page, messages, say } = await visit(browser)
    await say("hello")
    await messages.filter({ hasText: "hello" }).waitFor()
    const tree = await page.locator("body").ariaSnapshot()
    for (const part of [
      'complementary "People and chats"',
      'combobox "You are"',
      'navigation "Chats"',
      'main "Bot"',
      'log "Messages"',
      'textbox "Message"',
      'button "Send"',
      'complementary "What the bot gets and does"',
      'tab "Deliveries 1" [selected]',
    ]) {
      expect(tree).toContain(part)
    }
    expect(await page.getByRole("log").getAttribute("aria-live")).toBe("polite")
    expect(await page.locator("button:not([aria-label]):empty, img:not([alt])").count()).toBe(0)
  })

  test("on a phone one part is shown at a time, and nothing is wider than the screen", async () => {
    const { ana, page, say, messages } = await visit(browser)
    for (let count = 1; count <= 30; count++) await ana.send(`number ${count}`)
    await page.setViewportSize({ width: 360, height: 720 })
    await say(`a long word ${"x".repeat(300)}`)
    await messages.filter({ hasText: "a long word" }).waitFor()
    for (const [button, part] of [
      ["Traffic", "What the bot gets and does"],
      ["Chats", "People and chats"],
    ] as const) {
      await page.getByRole("navigation", { name: "Parts of the page" }).getByRole("button", { name: button }).click()
      await page.getByRole("complementary", { name: part }).waitFor()
      expect(await page.getByRole("main").isVisible()).toBe(false)
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360)
    }
    await page.setViewportSize({ width: 1000, height: 500 })
    const bottom = async (part: Locator) => part.boundingBox().then((box) => (box ? box.y + box.height : undefined))
    await expect.poll(() => bottom(messages.last())).toBeLessThan((await bottom(page.getByRole("main")))!)
    await page.setViewportSize({ width: 360, height: 720 })
    await page.getByRole("button", { name: /^Bot/ }).click()
    await page.getByRole("main").waitFor()
    expect(await page.evaluate("document.querySelector('#log').scrollWidth")).toBeLessThanOrEqual(360)
  })

  test("thousands of messages: the newest are shown, older ones on request, and it stays quick to use", async () => {
    const { ana, page, messages, say } = await visit(browser)
    for (let count = 1; count <= 2000; count++) await ana.send(`number ${count}`)
    await messages.filter({ hasText: /number 2000\b/ }).waitFor()
    expect(await messages.count()).toBeLessThanOrEqual(200)
    expect(await page.locator("#deliveries details").count()).toBeLessThanOrEqual(200)
    const shown = await messages.count()
    await page.getByRole("button", { name: "Show older messages" }).click()
    await expect.poll(() => messages.count()).toBe(shown + 60)
    const texts = (await messages.allInnerTexts()).map((text) => Number(/number (\d+)/.exec(text)?.[1]))
    expect(texts).toEqual(texts.map((_, index) => 2000 - texts.length + 1 + index))
    await ana.send("meanwhile")
    await page.getByRole("button", { name: "New messages" }).click()
    await messages.filter({ hasText: "meanwhile" }).waitFor()
    await say("still here")
    await messages.filter({ hasText: "still here" }).waitFor()
    expect(await messages.count()).toBeLessThanOrEqual(200)
  })

  test("polls, reactions, edits and deletions of others show at once, and what a bot is doing", async () => {
    const { telegram, ana, page, messages, call } = await visit(browser)
    await ana.send("hi")
    await call("sendPoll", { chat_id: ana.id, question: "Which?", options: [{ text: "One" }, { text: "Two" }] })
    const option = page.getByRole("button", { name: /^Two/ })
    await option.click()
    await page.getByRole("button", { name: /^Two/, pressed: true }).waitFor()
    await page.getByText("1 voted").waitFor()
    const sent = telegram.world.post(ana.chat, { user: telegram.bot.user, bot: telegram.bot }, { text: "soon gone" })
    await messages.filter({ hasText: "soon gone" }).waitFor()
    await call("deleteMessage", { chat_id: ana.id, message_id: sent.id })
    await messages.filter({ hasText: "soon gone" }).waitFor({ state: "detached" })
    await call("sendChatAction", { chat_id: ana.id, action: "typing" })
    await page.getByText("is typing…").waitFor()
  })

  test("a bot that neither has a webhook nor polls: the page says so, and that it polls when it does", async () => {
    const { page, call } = await visit(browser)
    await page.getByText("Webhook", { exact: true }).waitFor()
    await call("deleteWebhook", {})
    await page.getByText("The bot has set no webhook and does not poll").waitFor()
    await call("getUpdates", {})
    await page.getByText("Long polling").waitFor()
  })
})
