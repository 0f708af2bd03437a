import { writeFileSync } from "node:fs"
import { join } from "node:path"
import type { ServeOptions } from "@hookgram/node"
import { describe, expect, test } from "vitest"
import { selfSigned, signed } from "../support/certificates.ts"
import { Telegram, url } from "./registering.ts"
import { folder } from "./served.ts"

/** The text of the certificate that was uploaded. */
async function uploaded(options: Partial<ServeOptions>): Promise<string | undefined> {
  const { certificate } = await (await Telegram.start()).registered(options)
  return (await (certificate as File | undefined)?.text())?.trim()
}

describe("the certificate", () => {
  const own = selfSigned("bot.example.com")

  test.each([
    ["as PEM", () => own],
    ["as bytes", () => ({ key: Buffer.from(own.key), cert: Buffer.from(own.cert) })],
    [
      "in a file",
      () => {
        const path = join(folder(), "cert.pem")
        writeFileSync(path, own.cert)
        return { key: own.key, cert: path }
      },
    ],
    ["together with its key, which stays here", () => ({ key: own.key, cert: `${own.key}${own.cert}` })],
  ])("is uploaded if it is self-signed, %s", async (_what, tls) => {
    expect(await uploaded({ tls: tls() })).toBe(own.cert.trim())
  })

  test("is uploaded also if its key is not meant for signing certificates", async () => {
    const leaf = selfSigned("bot.example.com", "keyUsage=critical,digitalSignature")
    expect(await uploaded({ tls: leaf })).toBe(leaf.cert.trim())
  })

  test("is not uploaded if somebody else has signed it, unless it is said whom Telegram shall trust", async () => {
    const bought = signed("bot.example.com")
    const tls = { key: bought.key, cert: bought.cert + bought.root }
    expect(await uploaded({ tls })).toBeUndefined()
    expect(await uploaded({ tls, webhook: { url, certificate: bought.root } })).toBe(bought.root.trim())
  })

  test("is not uploaded over plain HTTP", async () => {
    expect(await uploaded({})).toBeUndefined()
  })
})
