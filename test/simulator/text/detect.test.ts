import { describe, expect, test } from "vitest"
import { detect } from "../../../packages/simulator/src/text/detect.ts"

const found = (text: string) =>
  detect(text).map(({ type, offset, length }) => [type, text.slice(offset, offset + length)])

describe("what Telegram finds in a text", () => {
  test.each<[string, [string, string][]]>([
    ["/start", [["bot_command", "/start"]]],
    ["/start@some_bot now", [["bot_command", "/start@some_bot"]]],
    ["go /help, please", [["bot_command", "/help"]]],
    ["/a/b a/b </c> /start@x //d", []],
    [
      "@durov and @gif",
      [
        ["mention", "@durov"],
        ["mention", "@gif"],
      ],
    ],
    ["@abc mail@somebody", []],
    [
      "#tag #día_1 #news@durov",
      [
        ["hashtag", "#tag"],
        ["hashtag", "#día_1"],
        ["hashtag", "#news@durov"],
      ],
    ],
    ["#1 a#b #c#", []],
    [
      "$USD $1INCH $BTC@durov",
      [
        ["cashtag", "$USD"],
        ["cashtag", "$1INCH"],
        ["cashtag", "$BTC@durov"],
      ],
    ],
    ["$usd $TOOLONGNAME a$USD", []],
    ["do-not-reply@telegram.org", [["email", "do-not-reply@telegram.org"]]],
    ["mailto:a@example.com", [["email", "a@example.com"]]],
    ["+1-212-555-0123", [["phone_number", "+1-212-555-0123"]]],
    ["+34600111222 and 1+2", [["phone_number", "+34600111222"]]],
    ["https://telegram.org", [["url", "https://telegram.org"]]],
    ["see telegram.org.", [["url", "telegram.org"]]],
    ["(http://example.com/a_(b)?c=d#e), ok", [["url", "http://example.com/a_(b)?c=d#e"]]],
    ["example.com:8080/x", [["url", "example.com:8080/x"]]],
    ["HTTP://EXAMPLE.INVALIDTLD", [["url", "HTTP://EXAMPLE.INVALIDTLD"]]],
    ["tg://resolve?domain=durov", [["url", "tg://resolve?domain=durov"]]],
    ["1.1.1.1 and 999.1.1.1", [["url", "1.1.1.1"]]],
    ["пример.рф", [["url", "пример.рф"]]],
    ["main.ts 3.14 e.g. localhost:3000 foo.invalidtld -.-", []],
    ["sftp://example.com", []],
  ])("%s", (text, entities) => {
    expect(found(text)).toEqual(entities)
  })

  test("offsets count UTF-16 code units", () => {
    expect(detect("👍 /start")).toEqual([{ type: "bot_command", offset: 3, length: 6 }])
  })

  test("nothing overlaps: an address wins over what is inside it", () => {
    expect(found("https://example.com/@durov/#tag")).toEqual([["url", "https://example.com/@durov/#tag"]])
  })
})
