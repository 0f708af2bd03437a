// Run by memory-dedup.test.ts in a process of its own, with --expose-gc: prints how many bytes a remembered id takes.
import { memoryDedup } from "../../packages/core/src/memory-dedup.ts"

const ids = 1_000_000
const lease = { owner: "owner", duration: 30_000 }
const collect = (globalThis as { gc?: () => void }).gc ?? (() => {})

const used = (): number => {
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

const store = memoryDedup({ max: 2 * ids })
const before = used()
for (let id = 0; id < ids; id++) {
  // As Telegram counts: facts, 7.4.
  const key = { bot: "123456789", updateId: 1_900_000_000 + id }
  await store.claim(key, lease)
  await store.complete(key, lease)
}
const bytesPerId = (used() - before) / ids

let forgotten = 0
for (let id = 0; id < ids; id += 997) {
  const claim = await store.claim({ bot: "123456789", updateId: 1_900_000_000 + id }, lease)
  if (claim.state !== "done") forgotten++
}
console.log(JSON.stringify({ bytesPerId, forgotten }))
