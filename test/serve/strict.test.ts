import { beforeAll, describe, expect, test } from "vitest"
import { noNetwork, publicAddress, runInNetwork } from "../support/network.ts"

interface Found {
  readonly url: string
  readonly outcome: string
  readonly heard?: string
  readonly info: { readonly last_error_message?: string; readonly has_custom_certificate: boolean }
}

const absent = noNetwork("serve() over HTTPS at a public address")

describe.skipIf(absent !== undefined)(
  absent ?? "over HTTPS at a public address, to Telegram as strict as it is",
  () => {
    let found: Record<string, Found>

    beforeAll(async () => {
      found = (await runInNetwork("test/serve/programs/strict.ts")) as typeof found
    }, 60_000)

    test("a self-signed certificate is given to Telegram, which then delivers (facts, 5.1 and 10)", () => {
      expect(found["selfSignedServer"]).toMatchObject({
        url: `https://${publicAddress}:8443/telegram`,
        outcome: "delivered",
        heard: "You said: Hola",
        info: { url: `https://${publicAddress}:8443/telegram`, has_custom_certificate: true },
      })
      expect(found["selfSignedServer"]?.info).not.toHaveProperty("last_error_message")
    })

    test.each([
      ["one whose key is not meant for signing certificates", "notForSigning"],
      ["one whose root was given to Telegram", "rootUploaded"],
    ])("%s is delivered to, too", (_what, name) => {
      expect(found[name]).toMatchObject({ heard: "You said: Hola", info: { has_custom_certificate: true } })
    })

    test.each([
      ["a self-signed one that Telegram was not given", "notUploaded", false],
      ["another than the one that Telegram was given", "otherUploaded", true],
      ["one of a root that nobody knows, and that is not self-signed", "unknownRoot", false],
    ])("%s fails", (_what, name, isCustom) => {
      const { outcome, heard, info } = found[name]!
      expect([outcome, heard]).toEqual(["failed", undefined])
      expect(info.has_custom_certificate).toBe(isCustom)
      expect(info.last_error_message).toMatch(/certificate verify failed/)
    })
  },
)
