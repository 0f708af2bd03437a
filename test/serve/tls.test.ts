import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { connect } from "node:tls"
import { describe, expect, test } from "vitest"
import { selfSigned, signed } from "../support/certificates.ts"
import { ask, at, deliver, folder, served } from "./served.ts"

const own = selfSigned("127.0.0.1", "subjectAltName=IP:127.0.0.1")
const bought = signed("127.0.0.1", "subjectAltName=IP:127.0.0.1")

describe("HTTPS", () => {
  test.each<[string, (folder: string) => { key: string | Uint8Array; cert: string | Uint8Array }]>([
    ["as PEM", () => own],
    ["as bytes", () => ({ key: Buffer.from(own.key), cert: Buffer.from(own.cert) })],
    ["by their paths", (into) => ({ key: join(into, "key.pem"), cert: join(into, "cert.pem") })],
    ["the certificate by its path", (into) => ({ key: own.key, cert: join(into, "cert.pem") })],
  ])("with key and certificate %s", async (_what, from) => {
    const into = folder()
    writeFileSync(join(into, "key.pem"), own.key)
    writeFileSync(join(into, "cert.pem"), own.cert)
    const server = await served({ tls: from(into) })
    expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/telegram$/)
    expect((await deliver(server.url, { ca: own.cert })).status).toBe(200)
    expect((await ask(at(server, "/health"), { ca: own.cert })).status).toBe(200)
  })

  test("sends the whole chain", async () => {
    const { url } = await served({ tls: { key: bought.key, cert: bought.cert + bought.root } })
    expect((await deliver(url, { ca: bought.root })).status).toBe(200)
    const socket = connect({ port: Number(new URL(url).port), host: "127.0.0.1", ca: bought.root })
    await new Promise((resolve) => socket.once("secureConnect", resolve))
    expect(socket.getPeerCertificate(true).issuerCertificate.subject.CN).toBe("A root of tests")
    socket.destroy()
  })

  test("and nothing else", async () => {
    const { url } = await served({ tls: own })
    await expect(deliver(url.replace("https", "http"))).rejects.toThrow(/socket hang up|ECONNRESET/)
  })
})

describe("what cannot be served", () => {
  const other = selfSigned("127.0.0.1")

  test.each([
    ["a file that is not there", { key: own.key, cert: "/nowhere/cert.pem" }, /^tls\.cert: .*\/nowhere\/cert\.pem/],
    ["a key that is not there", { key: "/nowhere/key.pem", cert: own.cert }, /^tls\.key: .*\/nowhere\/key\.pem/],
    ["a certificate that is none", { key: own.key, cert: Buffer.from("cert") }, /^tls\.cert: is no certificate/],
    ["a key for a certificate", { key: own.key, cert: own.key }, /^tls\.cert: is no certificate/],
    ["a certificate for a key", { key: own.cert, cert: own.cert }, /^tls: /],
    ["a key that does not fit", { key: other.key, cert: own.cert }, /^tls: .*key belong to the certificate/],
  ])("%s", async (_what, tls, message) => {
    await expect(served({ tls })).rejects.toEqual(
      expect.objectContaining({ code: "invalid_options", message: expect.stringMatching(message) }),
    )
  })
})
