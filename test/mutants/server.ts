import type { Mutant } from "./mutants.ts"

const serve = "packages/node/src/serve"

/** Places where a server would lose what runs when it stops, believe strangers, or tell monitors too much or the wrong thing. */
export const serverMutants: readonly Mutant[] = [
  {
    name: "server: ready is what Telegram says",
    file: "packages/core/src/health.ts",
    find: "const problems = await this.#obstacles()",
    replace: "const { problems } = await this.check()",
  },
  {
    name: "server: an error from before the start counts",
    file: "packages/core/src/health-report.ts",
    find: "lastError.at < since || ",
    replace: "",
  },
  {
    name: "server: health shows Telegram's dump of a request",
    file: "packages/core/src/health-report.ts",
    find: "return start ? ",
    replace: "return false ? ",
  },
  {
    name: "server: anybody's X-Forwarded-For is believed",
    file: "packages/node/src/forwarded.ts",
    find: "if (!isTrusted(remoteAddress) && !isUnix(socket)) return remoteAddress",
    replace: "",
  },
  {
    name: "server: a peer that has gone is taken for one on a unix socket",
    file: "packages/node/src/forwarded.ts",
    find: "remoteAddress === undefined && localAddress === undefined && !destroyed",
    replace: "remoteAddress === undefined",
  },
  {
    name: "server: the leftmost entry of X-Forwarded-For is the client",
    file: "packages/node/src/forwarded.ts",
    find: "chain.findLast(",
    replace: "chain.find(",
  },
  {
    name: "server: what runs is not waited for",
    file: `${serve}/serve.ts`,
    find: "await this.webhook.close(",
    replace: "void this.webhook.close(",
  },
  {
    name: "server: the port is closed while updates finish",
    file: `${serve}/serve.ts`,
    find: "await this.webhook.close({ timeout: this.#options.drainTimeout })\n      await this.#connections.close()",
    replace: "await this.#connections.close()\n      await this.webhook.close({ timeout: this.#options.drainTimeout })",
  },
  {
    name: "server: the process ends before the servers have closed",
    file: `${serve}/signals.ts`,
    find: "(close) => close()",
    replace: "(close) => void close()",
  },
  {
    name: "server: the webhook is deleted before updates finish",
    file: `${serve}/serve.ts`,
    find: "      await this.webhook.close({ timeout: this.#options.drainTimeout })\n      await this.#connections.close()\n      // Last: an update whose answer Telegram did not wait for would be given to whoever polls next.\n      if (deletes) await this.#options.api?.deleteWebhook({}, deletion)\n",
    replace:
      "      if (deletes) await this.#options.api?.deleteWebhook({}, deletion)\n      await this.webhook.close({ timeout: this.#options.drainTimeout })\n      await this.#connections.close()\n",
  },
  {
    name: "server: a registration that failed deletes the webhook of before",
    file: `${serve}/serve.ts`,
    find: "this.#close(false)",
    replace: "this.#close(this.#options.deleteOnStop)",
  },
  {
    name: "server: a file where the socket should be is deleted",
    file: `${serve}/listen.ts`,
    find: "if (!found?.isSocket()) return false",
    replace: "if (!found) return false",
  },
  {
    name: "server: a self-signed certificate is not uploaded",
    file: `${serve}/serve.ts`,
    find: "const certificate = tls && selfSigned(tls)",
    replace: "const certificate = undefined",
  },
  {
    name: "server: the last secret is registered",
    file: `${serve}/schema.ts`,
    find: "[options.secretToken].flat()",
    replace: "[options.secretToken].flat().toReversed()",
  },
]
