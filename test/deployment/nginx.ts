import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { appendFileSync, readFileSync, writeFileSync } from "node:fs"
import { request } from "node:https"
import { connect } from "node:net"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { onTestFinished } from "vitest"
import { selfSigned } from "../support/certificates.ts"
import { deploymentFile, freePort, substituted, temporaryFolder } from "./folder.ts"
import { isRoot, service } from "../support/services.ts"

const { path: program, absent: noNginx } = service("nginx", "docs/deployment/nginx.md")
export { noNginx }

/** The name that `nginx.conf` has for the bot's host. */
const host = "bot.example.com"

/** What Debian's own nginx.conf has around the file. */
function main(folder: string, site: string): string {
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
  return `
    ${isRoot ? "user www-data;" : ""}
    daemon off;
    worker_processes 2;
    pid ${folder}/nginx.pid;
    error_log ${folder}/error.log;
    events {}
    http {
      log_format connections "$connection $status";
      access_log ${folder}/access.log connections;
      ${paths.map((name) => `${name}_temp_path ${folder}/${name};`).join(" ")}
      include ${site};
    }`
}

/** An answer, and who gave it. */
export interface Answer {
  readonly status: number
  readonly body: string
}

/** Debian's nginx with our `nginx.conf`, on a free port of the loopback. Ended when the test is over. */
export class Nginx {
  readonly port: number
  /** PEM of the certificate, which nobody signed but itself, as a file. */
  readonly certificate: string
  readonly #folder: string
  readonly #process: ChildProcess

  private constructor(port: number, folder: string) {
    this.port = port
    this.certificate = join(folder, "cert.pem")
    this.#folder = folder
    this.#process = spawn(program, ["-e", join(folder, "error.log"), "-c", join(folder, "main.conf")])
    const ended = once(this.#process, "exit")
    onTestFinished(async () => {
      this.#process.kill("SIGTERM")
      await ended
    })
  }

  /** @param upstream what the bot's `server` is in it, such as `127.0.0.1:8080` or `unix:/run/bot.sock` */
  static async start(upstream: string, changes: Readonly<Record<string, string>> = {}): Promise<Nginx> {
    const folder = temporaryFolder()
    const port = await freePort()
    const { cert, key } = selfSigned(host, `subjectAltName=DNS:${host}`)
    writeFileSync(join(folder, "cert.pem"), cert)
    writeFileSync(join(folder, "key.pem"), key)
    const site = substituted(deploymentFile("nginx.conf"), {
      "listen 443 ssl": `listen 127.0.0.1:${port} ssl`,
      "server 127.0.0.1:8080": `server ${upstream}`,
      [`/etc/letsencrypt/live/${host}/fullchain.pem`]: join(folder, "cert.pem"),
      [`/etc/letsencrypt/live/${host}/privkey.pem`]: join(folder, "key.pem"),
      ...changes,
    })
    writeFileSync(join(folder, "hookgram.conf"), site)
    writeFileSync(join(folder, "main.conf"), main(folder, join(folder, "hookgram.conf")))
    appendFileSync(join(folder, "access.log"), "")
    const nginx = new Nginx(port, folder)
    await nginx.#listening()
    return nginx
  }

  /** Where Telegram finds the bot. */
  get url(): string {
    return `https://${host}:${this.port}/telegram`
  }

  /** Has it read its configuration again: new workers take over, and the old ones finish. */
  reload(): void {
    this.#process.kill("SIGHUP")
  }

  /** The requests with this status so far, and over how many connections they came. */
  requests(status: number): { readonly count: number; readonly connections: number } {
    const lines = readFileSync(join(this.#folder, "access.log"), "utf8").split("\n")
    const found = lines.filter((line) => line.endsWith(` ${status}`))
    return { count: found.length, connections: new Set(found.map((line) => line.split(" ")[0])).size }
  }

  /** Sends a request as anybody could, from an address of this machine. */
  send(
    path: string,
    { from, headers, body = "" }: { from: string; headers: Record<string, string>; body?: string },
  ): Promise<Answer> {
    const ca = readFileSync(this.certificate)
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: "127.0.0.1",
          port: this.port,
          servername: host,
          ca,
          localAddress: from,
          path,
          method: "POST",
          agent: false,
        },
        (response) => {
          let text = ""
          response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk))
          response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }))
        },
      )
      sent.on("error", reject)
      for (const [name, value] of Object.entries(headers)) sent.setHeader(name, value)
      sent.end(body)
    })
  }

  async #listening(): Promise<void> {
    for (;;) {
      const socket = connect(this.port, "127.0.0.1")
      const isOpen = await once(socket, "connect").then(
        () => true,
        () => false,
      )
      socket.destroy()
      if (isOpen) return
      if (this.#process.exitCode !== null) throw new Error(readFileSync(join(this.#folder, "error.log"), "utf8"))
      await sleep(10)
    }
  }
}
