import { createHmac, randomBytes } from "node:crypto"
import { deriveSecretToken, HookgramError } from "@hookgram/core"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { matchesSecret, secretTokenFormat } from "../../packages/core/src/secret.ts"

const botToken = "123456789:AAF-abcdefghijklmnopqrstuvwxyz_0123"

describe("deriveSecretToken", () => {
  test("is HMAC-SHA-256 of a fixed text, keyed with the bot's token, in hexadecimal", async () => {
    for (const token of [botToken, `7:${randomBytes(20).toString("base64url")}`]) {
      const expected = createHmac("sha256", token).update("hookgram webhook secret token").digest("hex")
      expect(await deriveSecretToken(token)).toBe(expected)
    }
  })

  test("gives the same from one version to the next: a webhook that is set stays valid", async () => {
    expect(await deriveSecretToken(botToken)).toBe("f4f6ce760aeb6416c617fb446002191dc7c00813d4f29470b58e93bebc9bae31")
  })

  test("gives what setWebhook accepts", async () => {
    expect(await deriveSecretToken(botToken)).toMatch(secretTokenFormat)
  })

  test.each(["", "123456789", "123456789:", ":AAF", "bot123:AAF", "123:A F", " 123:AAF", undefined])(
    "%j is no bot's token",
    async (text) => {
      const refused = deriveSecretToken(text as string)
      await expect(refused).rejects.toBeInstanceOf(HookgramError)
      await expect(refused).rejects.toMatchObject({ code: "invalid_options" })
    },
  )
})

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
const text = (unit: fc.Arbitrary<string>, lengths: { minLength: number; maxLength: number }): fc.Arbitrary<string> =>
  fc.array(unit, lengths).map((characters) => characters.join(""))
const secret = text(fc.constantFrom(...alphabet), { minLength: 1, maxLength: 40 })
const header = text(
  fc.nat(0xffff).map((unit) => String.fromCharCode(unit)),
  { minLength: 0, maxLength: 40 },
)

describe("the comparison", () => {
  test("is ===, with any header against any secrets", () => {
    fc.assert(
      fc.property(fc.oneof(secret, header), fc.array(secret, { minLength: 1, maxLength: 4 }), (given, accepted) => {
        expect(matchesSecret(given, accepted)).toBe(accepted.includes(given))
        for (const each of accepted) expect(matchesSecret(each, accepted)).toBe(true)
      }),
    )
  })

  test("sees any one change: a character altered, added, left out or doubled", () => {
    fc.assert(
      fc.property(secret, fc.nat(), fc.nat(0xffff), (right, position, unit) => {
        const at = position % right.length
        const character = String.fromCharCode(unit)
        const others = [
          right.slice(0, at) + character + right.slice(at + 1),
          right.slice(0, at) + character + right.slice(at),
          right.slice(0, at) + right.slice(at + 1),
          right + right,
          `${right}, ${right}`,
          `${right}\0`,
        ]
        for (const other of others) expect(matchesSecret(other, [right])).toBe(other === right)
      }),
    )
  })

  test("nothing matches where nothing is accepted, and the empty text matches no secret", () => {
    expect(matchesSecret("", [])).toBe(false)
    expect(matchesSecret("", ["a"])).toBe(false)
    expect(matchesSecret("\0", ["a"])).toBe(false)
  })
})

test("the format is Telegram's: 1 to 256 of A-Z a-z 0-9 _ - (facts, 5.1)", () => {
  fc.assert(
    fc.property(fc.oneof(secret, header), (given) => {
      expect(secretTokenFormat.test(given)).toBe(
        given !== "" && given.split("").every((unit) => alphabet.includes(unit)),
      )
    }),
  )
  expect(secretTokenFormat.test("a".repeat(256))).toBe(true)
  expect(secretTokenFormat.test("a".repeat(257))).toBe(false)
  expect(secretTokenFormat.test("a\n")).toBe(false)
})
