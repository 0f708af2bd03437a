/*
 * The commands are those of "Marvin's Marvellous Guide to All Things Webhook" (core.telegram.org/bots/webhooks), as printed.
 * The simulator stands for api.telegram.org and for DNS.
 */
import { file } from "@hookgram/api"
import { expect, test } from "vitest"
import { simulated } from "../api/server.ts"
import { served } from "./served.ts"
import { describeWithCurl, Shell } from "./shell.ts"

const generate =
  'openssl req -newkey rsa:2048 -sha256 -nodes -keyout YOURPRIVATE.key -x509 -days 365 -out YOURPUBLIC.pem -subj "/C=US/ST=New York/L=Brooklyn/O=Example Brooklyn Company/CN=YOURDOMAIN.EXAMPLE"'
const upload =
  'curl -F "url=https://<YOURDOMAIN.EXAMPLE>/<WEBHOOKLOCATION>" -F "certificate=@<YOURCERTIFICATE>.pem" https://api.telegram.org/bot<YOURTOKEN>/setWebhook'

/** A server under the guide's domain with that key and certificate, and what stands for the placeholders. */
async function bot(shell: Shell, key: string, cert: string) {
  const { telegram, api } = await simulated({ lookup: async () => ["127.0.0.1"] })
  const { port, handled } = await served({ tls: { key: shell.path(key), cert: shell.path(cert) }, secretToken: false })
  const values = {
    "<YOURDOMAIN.EXAMPLE>": `YOURDOMAIN.EXAMPLE:${port}`,
    "<WEBHOOKLOCATION>": "telegram",
    "https://api.telegram.org": telegram.url,
    "<YOURTOKEN>": telegram.token,
  }
  const url = `https://yourdomain.example:${port}/telegram`
  return { telegram, api, port, handled, values, url }
}

/** What becomes of a message: it is handled, or it stays, with the error that Telegram then shows. */
async function fate({ telegram, handled }: Awaited<ReturnType<typeof bot>>): Promise<string> {
  await telegram.user("Ana").send("Hola")
  await telegram.until(() => handled.length > 0 || telegram.webhookInfo().last_error_message, 15_000)
  return handled.length > 0 ? "handled" : telegram.webhookInfo().last_error_message!
}

describeWithCurl("a self-signed certificate, made by the guide's own command", () => {
  test("is uploaded by the guide's curl command, and Telegram delivers", async () => {
    const shell = new Shell()
    await shell.run(generate)
    const one = await bot(shell, "YOURPRIVATE.key", "YOURPUBLIC.pem")
    const answer = await shell.run(upload, { ...one.values, "<YOURCERTIFICATE>": "YOURPUBLIC" })
    expect(JSON.parse(answer)).toEqual({ ok: true, result: true, description: "Webhook was set" })
    expect(one.telegram.webhookInfo()).toMatchObject({ has_custom_certificate: true, ip_address: "127.0.0.1" })
    expect(await fate(one)).toBe("handled")
  })

  test("is uploaded by api.setWebhook from its path, and Telegram delivers", async () => {
    const shell = new Shell()
    await shell.run(generate)
    const one = await bot(shell, "YOURPRIVATE.key", "YOURPUBLIC.pem")
    await one.api.setWebhook({ url: one.url, certificate: file(shell.path("YOURPUBLIC.pem")) })
    expect(await fate(one)).toBe("handled")
  })

  test("is not trusted when it is not uploaded", async () => {
    const shell = new Shell()
    await shell.run(generate)
    const one = await bot(shell, "YOURPRIVATE.key", "YOURPUBLIC.pem")
    await one.api.setWebhook({ url: one.url })
    expect(await fate(one)).toContain("certificate verify failed")
  })

  test("is not trusted for another name", async () => {
    const shell = new Shell()
    await shell.run(generate.replace("CN=YOURDOMAIN.EXAMPLE", "CN=OTHER.EXAMPLE"))
    const one = await bot(shell, "YOURPRIVATE.key", "YOURPUBLIC.pem")
    await one.api.setWebhook({ url: one.url, certificate: file(shell.path("YOURPUBLIC.pem")) })
    expect(await fate(one)).toContain("certificate verify failed")
  })

  test("has to be PEM: DER is refused, and taken once it is converted by the guide's command", async () => {
    const shell = new Shell()
    await shell.run(generate)
    await shell.run("openssl x509 -in YOURPUBLIC.pem -outform der -out root.cer")
    const one = await bot(shell, "YOURPRIVATE.key", "YOURPUBLIC.pem")
    const refused = await shell.run(upload.replace("<YOURCERTIFICATE>.pem", "root.cer"), one.values)
    expect(JSON.parse(refused)).toMatchObject({ ok: false, error_code: 400 })
    await shell.run("openssl x509 -inform der -in root.cer -out root.pem")
    await one.telegram.sleep(1100) // Telegram takes one setWebhook per second (facts, 5.4)
    await shell.run(upload, { ...one.values, "<YOURCERTIFICATE>": "root" })
    expect(await fate(one)).toBe("handled")
  })

  test("serves TLS 1.2, as the guide's curl and openssl commands check it", async () => {
    const shell = new Shell()
    await shell.run(generate)
    const { port } = await bot(shell, "YOURPRIVATE.key", "YOURPUBLIC.pem")
    const values = { yourbotdomain: "127.0.0.1", yourbotport: port }
    const curl = "curl --tlsv1.2 --tls-max 1.2 -sS -o /dev/null -w '%{http_code}' -k https://yourbotdomain:yourbotport/"
    expect(await shell.run(curl, values)).toBe("404")
    const check =
      "openssl s_client -tls1_2 -connect yourbotdomain:yourbotport -servername YOURDOMAIN.EXAMPLE < /dev/null"
    expect(await shell.run(`${check} 2> /dev/null`, values)).toMatch(
      /Protocol *: TLSv1\.2[\s\S]*self-signed certificate/,
    )
  })
})

/** A root, an intermediate that it signed, and the server's certificate, which the intermediate signed. */
const chain = `
  openssl req -newkey rsa:2048 -nodes -keyout root.key -x509 -days 2 -out root.pem -subj /CN=Root
  openssl req -newkey rsa:2048 -nodes -keyout intermediate.key -out intermediate.csr -subj /CN=Intermediate
  printf basicConstraints=critical,CA:TRUE > ca.cnf
  openssl x509 -req -in intermediate.csr -CA root.pem -CAkey root.key -CAcreateserial -days 2 -extfile ca.cnf -out intermediate.pem
  openssl req -newkey rsa:2048 -nodes -keyout yourprivatekey.key -out yoursigningrequest.csr -subj /CN=YOURDOMAIN.EXAMPLE
  openssl req -text -noout -verify -in yoursigningrequest.csr
  openssl x509 -req -in yoursigningrequest.csr -CA intermediate.pem -CAkey intermediate.key -CAcreateserial -days 2 -out your_domain_name.pem
  openssl x509 -in your_domain_name.pem -text -noout
  cat your_domain_name.pem intermediate.pem >> bundle.pem
`

describeWithCurl("a certificate with a root that Telegram does not know", () => {
  test("is trusted when the root is uploaded, and the server sends the intermediate one along", async () => {
    const shell = new Shell()
    await shell.run(chain)
    const one = await bot(shell, "yourprivatekey.key", "bundle.pem")
    await shell.run(upload, { ...one.values, "<YOURCERTIFICATE>": "root" })
    expect(await fate(one)).toBe("handled")
  })

  test("is not trusted without the intermediate one", async () => {
    const shell = new Shell()
    await shell.run(chain)
    const one = await bot(shell, "yourprivatekey.key", "your_domain_name.pem")
    await shell.run(upload, { ...one.values, "<YOURCERTIFICATE>": "root" })
    expect(await fate(one)).toContain("certificate verify failed")
  })
})
