import type { Update } from "@hookgram/core"
import { serve, type ServedWebhook, type ServeOptions } from "@hookgram/node"
import { onTestFinished } from "vitest"

export const secretToken = "s3cret"

/** A stand-alone server on the loopback that keeps what it handles. Closed when the test is over. */
export async function served(
  options: Partial<ServeOptions> = {},
): Promise<{ server: ServedWebhook; port: string; handled: Update[] }> {
  const handled: Update[] = []
  const server = await serve({
    handler: (update) => void handled.push(update),
    secretToken,
    host: "127.0.0.1",
    port: 0,
    signals: false,
    ...options,
  })
  onTestFinished(() => server.close())
  return { server, port: new URL(server.url).port, handled }
}
