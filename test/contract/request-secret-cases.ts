import { expect } from "vitest"
import { secretToken } from "../support/application.ts"
import { recordedUpdate } from "../support/updates.ts"
import { wireBody } from "../support/wire.ts"
import type { ContractCase } from "./case.ts"
import { requestBytes } from "./request-bytes.ts"
import { exchange, expectRejection, startNoting } from "./request-exchange.ts"

const update = recordedUpdate("message-21-text-cyrillic-emoji", 7)

function withSecret(secret: string | readonly string[] | undefined, update_id = 7): Buffer {
  return requestBytes(wireBody({ ...update, update_id }), { headers: { "X-Telegram-Bot-Api-Secret-Token": secret } })
}

const wrongSecrets: readonly (string | readonly string[])[] = [
  "",
  "wrong",
  secretToken.toLowerCase(),
  secretToken.slice(0, -1),
  secretToken.slice(1),
  `${secretToken}x`,
  `x${secretToken}`,
  secretToken.replace("_", "-"),
  `${secretToken}, ${secretToken}`,
  `${secretToken} ${secretToken}`,
  [secretToken, secretToken],
  [secretToken, "wrong"],
  ["wrong", secretToken],
  ["", secretToken],
  "ÿ\u0080é",
  secretToken.replace("A", "Á"),
  `${secretToken}\u00a0`,
  secretToken.repeat(12),
  "x".repeat(8000),
]

/** The secret token. */
export const secretCases: readonly ContractCase[] = [
  {
    id: "secret-wrong",
    level: "MUST",
    rests: "design, 4; facts, 5.1",
    title: "a secret that is wrong, part of the right one, doubled, beyond ASCII or too long is refused with 401",
    async run(start) {
      const application = await startNoting(start)
      for (const secret of wrongSecrets) await expectRejection(application, withSecret(secret), 401)
      expect(application.handled).toEqual([])
      expect(application.events).toHaveLength(wrongSecrets.length)
      for (const event of application.events)
        expect(event).toMatchObject({ type: "rejected", reason: "secret", status: 401 })
    },
  },
  {
    id: "secret-missing",
    level: "MUST",
    rests: "design, 4",
    title: "a missing secret is refused with 401, byte for byte like a wrong one",
    async run(start) {
      const application = await startNoting(start)
      const answers: string[] = []
      for (const secret of [undefined, "", "wrong", secretToken.slice(1)]) {
        const { raw } = await expectRejection(application, withSecret(secret), 401)
        answers.push(raw.replace(/\r\nDate: [^\r]*/i, ""))
      }
      expect(new Set(answers).size).toBe(1)
      expect(application.handled).toEqual([])
    },
  },
  {
    id: "secret-elsewhere",
    level: "MUST",
    rests: "facts, 1.1",
    title: "the secret counts only in its own header",
    async run(start) {
      const application = await startNoting(start)
      const headers = {
        "X-Telegram-Bot-Api-Secret-Token": undefined,
        "X-Telegram-Bot-Api-Secret": secretToken,
        Authorization: `Bearer ${secretToken}`,
      }
      const target = `/telegram?secret_token=${secretToken}`
      await expectRejection(application, requestBytes(wireBody(update), { target, headers }), 401)
      expect(application.handled).toEqual([])
    },
  },
  {
    id: "secret-large-update",
    level: "MUST",
    rests: "design, 4",
    title: "the sender of a large update with a wrong secret gets its 401, though nobody has read the body",
    async run(start) {
      const application = await startNoting(start)
      const large = requestBytes(JSON.stringify({ ...update, text: "x".repeat(524_288) }), {
        headers: { "X-Telegram-Bot-Api-Secret-Token": "wrong" },
      })
      expect((await exchange(application, large)).status).toBe(401)
      expect(application.handled).toEqual([])
    },
  },
  {
    id: "secret-one-of-two",
    level: "MUST",
    rests: "design, 4; facts, 5.4",
    title: "while the secret is rotated, both are accepted and nothing else",
    async run(start) {
      const secrets = ["the-old-one", "the-new-one_which-is-longer"]
      const application = await startNoting(start, { secretToken: secrets })
      for (const [index, secret] of secrets.entries())
        expect((await exchange(application, withSecret(secret, index))).status).toBe(200)
      for (const secret of [
        "the-old-one_which-is-longer",
        secrets.join(),
        secrets.join(", "),
        secrets,
        secretToken,
        undefined,
      ]) {
        await expectRejection(application, withSecret(secret, 9), 401)
      }
      expect(application.handled.map(({ update_id }) => update_id)).toEqual([0, 1])
    },
  },
  {
    id: "secret-longest",
    level: "MUST",
    rests: "facts, 5.1",
    title: "the longest secret that Telegram takes works",
    async run(start) {
      const longest = "Az09_-xX".repeat(32)
      const application = await startNoting(start, { secretToken: longest })
      expect((await exchange(application, withSecret(longest))).status).toBe(200)
      await expectRejection(application, withSecret(longest.slice(1), 8), 401)
      expect(application.handled).toHaveLength(1)
    },
  },
  {
    id: "secret-off",
    level: "MUST",
    rests: "design, 4",
    title: "secretToken: false accepts a request with any secret and with none",
    async run(start) {
      const application = await startNoting(start, { secretToken: false })
      for (const [index, secret] of [undefined, "", "any"].entries())
        expect((await exchange(application, withSecret(secret, index))).status).toBe(200)
      expect(application.handled).toHaveLength(3)
    },
  },
]
