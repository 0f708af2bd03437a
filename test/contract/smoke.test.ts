import { createWebhook } from "@hookgram/core"
import { expect, test } from "vitest"
import { Connection } from "../support/connection.ts"
import { mounts } from "../support/mounts.ts"
import { recorded } from "../support/updates.ts"
import { wireRequest } from "../support/wire.ts"
import type { AddressInfo } from "node:net"

test.each(mounts)("$name", async (mount) => {
  const seen: unknown[] = []
  const webhook = createWebhook({ secretToken: "s3cret", handler: (update) => void seen.push(update) })
  const server = await mount.server(webhook)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  const connection = await Connection.open(port)
  for (const { update } of recorded.slice(0, 20)) {
    connection.write(wireRequest(update, { port, secretToken: "s3cret" }))
    const answer = await connection.answer()
    expect(answer.status).toBe(200)
  }
  expect(seen).toHaveLength(20)
  connection.destroy()
  server.close()
})
