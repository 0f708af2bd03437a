import { expect, test } from "vitest"
import { parseWebhookUrl } from "../../../packages/simulator/src/delivery/url.ts"

test.each([
  ["https://bot.example.com/x", "bot.example.com"],
  ["https://bot.example.com:443/x", "bot.example.com"],
  ["https://bot.example.com:8443/x", "bot.example.com:8443"],
  ["https://bot.example.com:80/x", "bot.example.com:80"],
  ["http://bot.example.com:80/x", "bot.example.com"],
  ["http://bot.example.com:443/x", "bot.example.com:443"],
  ["HTTPS://Bot.EXAMPLE.com/X", "bot.example.com"],
  ["bot.example.com", "bot.example.com"],
  ["https://bücher.example/", "xn--bcher-kva.example"],
  ["https://user:word@bot.example.com:88/", "bot.example.com:88"],
  ["https://[2001:DB8::1]/", "[2001:db8::1]"],
  ["https://[::1]:8443/", "[::1]:8443"],
])("the Host header for %s is %s (facts, 1.1)", (url, header) => {
  expect(parseWebhookUrl(url)?.hostHeader).toBe(header)
})

test.each([
  ["https://a.example/ñ\u00a0", "/ñ\u00a0"],
  ["https://a.example/x\u2028", "/x\u2028"],
  ["https://a.example/x \t\r\n\v", "/x"],
  ["https://a.example?a=https://b.example/@c", "/?a=https://b.example/@c"],
])("of the target of %j only the white space that Telegram knows is cut: %j (facts, 1.1)", (url, target) => {
  expect(parseWebhookUrl(url)?.target).toBe(target)
})

test.each([
  "https://a.example:0443x/",
  "https://a.example:/",
  "https://a b@c.example/",
  "https://a<b@c.example/",
  "https://a.example|/",
  "://a.example/",
  "https://@/",
])("%s is no URL of a webhook (facts, 5.1)", (url) => {
  expect(parseWebhookUrl(url)).toBeUndefined()
})

test("an empty user-info is none", () => {
  expect(parseWebhookUrl("https://@a.example/")).toMatchObject({ userInfo: "", host: "a.example" })
})
