import { once } from "node:events"
import type { Server } from "node:http"
import type { AddressInfo } from "node:net"
import { createWebhook, type Update, type Webhook, type WebhookEvent, type WebhookOptions } from "@hookgram/core"
import { Connection, type WireAnswer } from "./connection.ts"
import type { Mount } from "./mounts.ts"
import { wireRequest } from "./wire.ts"

export const secretToken = "A-valid_secret-token-1"

/** An application with a webhook in it, listening on a free port of the loopback. */
export interface Application {
  readonly port: number
  readonly webhook: Webhook
  readonly server: Server
  /** Everything the webhook has told its observer. */
  readonly events: readonly WebhookEvent[]
  /** A connection of the test's own; closed by `stop()`. */
  connect(): Promise<Connection>
  /** Delivers an update as Telegram does, on a connection of its own, and gives back the answer. */
  deliver(update: Update): Promise<WireAnswer>
  stop(): Promise<void>
}

/** Starts an application: `options` are the webhook's, with a handler that does nothing and {@link secretToken} as defaults. */
export async function startApplication(mount: Mount, options: Partial<WebhookOptions> = {}): Promise<Application> {
  const events: WebhookEvent[] = []
  const webhook = createWebhook({
    secretToken,
    handler: () => {},
    ...options,
    onEvent: (event) => {
      events.push(event)
      options.onEvent?.(event)
    },
  })
  const server = await mount.server(webhook)
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  const connections: Connection[] = []
  const connect = async (): Promise<Connection> => {
    const connection = await Connection.open(port)
    connections.push(connection)
    return connection
  }
  return {
    port,
    webhook,
    server,
    events,
    connect,
    async deliver(update) {
      const connection = await connect()
      connection.write(wireRequest(update, { port, secretToken }))
      const answer = await connection.answer()
      connection.destroy()
      return answer
    },
    async stop() {
      for (const connection of connections) connection.destroy()
      server.closeAllConnections()
      server.close()
      await webhook.close({ timeout: 0 })
    },
  }
}
