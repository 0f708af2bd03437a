import { expect, test } from "vitest"
import { OK, updateOf } from "../support/receiver.ts"
import { deliveringTo, emit, emitMessage } from "../support/telegram.ts"

test("lose-answer: the update arrives twice, and the receiver was right both times", async () => {
  const { telegram, receiver } = await deliveringTo(undefined)
  telegram.fault({ kind: "lose-answer" })
  const updateId = emitMessage(telegram)
  await telegram.settled()
  expect(receiver.requests.map((request) => updateOf(request).update_id)).toEqual([updateId, updateId])
  expect(telegram.deliveries).toMatchObject([
    { fault: "lose-answer", outcome: "failed", error: "Webhook connection closed" },
    { attempt: 2, outcome: "delivered" },
  ])
})

test("cut: the receiver gets half a request, and then the whole", async () => {
  const { telegram, receiver } = await deliveringTo(undefined)
  telegram.fault({ kind: "cut" })
  emitMessage(telegram)
  await telegram.settled()
  expect(receiver.requests).toHaveLength(1)
  expect(receiver.connections).toBe(2)
  expect(telegram.deliveries).toMatchObject([{ fault: "cut", outcome: "failed" }, { outcome: "delivered" }])
})

test("duplicate: the update comes on two connections at once", async () => {
  let together = 0
  let most = 0
  const { telegram, receiver } = await deliveringTo(async () => {
    most = Math.max(most, ++together)
    await telegram.sleep(1000)
    together--
    return OK
  })
  telegram.fault({ kind: "duplicate" })
  emitMessage(telegram)
  await telegram.settled()
  expect(receiver.requests).toHaveLength(2)
  expect(most).toBe(2)
})

test("delay: the request is on its way for as long as is said", async () => {
  const { telegram, receiver } = await deliveringTo(undefined)
  telegram.fault({ kind: "delay", milliseconds: 7000 })
  emitMessage(telegram)
  await telegram.advance(6999)
  expect(receiver.requests).toEqual([])
  await telegram.advance(1)
  expect(receiver.requests).toHaveLength(1)
})

test("stall: nothing is heard of the receiver, and after 60 s the update is sent again", async () => {
  const { telegram, receiver, since } = await deliveringTo(undefined)
  telegram.fault({ kind: "stall" })
  emitMessage(telegram)
  await telegram.settled()
  expect(receiver.requests).toHaveLength(2)
  expect(telegram.deliveries[0]).toMatchObject({ fault: "stall", error: "Read timeout expired" })
  expect(since(telegram.deliveries[1]!.startedAt)).toBe(60)
})

test("stall: not even that the receiver closes the connection is heard", async () => {
  const { telegram, since } = await deliveringTo(({ socket }) => {
    socket.end("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
    return undefined
  })
  telegram.fault({ kind: "stall" })
  emitMessage(telegram)
  await telegram.settled()
  expect(telegram.deliveries.map(({ startedAt }) => since(startedAt))).toEqual([0, 60])
})

test("delay: it counts among the 60 s for the answer", async () => {
  const { telegram, receiver, since } = await deliveringTo(async () => {
    await telegram.sleep(55_000)
    return OK
  })
  telegram.fault({ kind: "delay", milliseconds: 7000 })
  emitMessage(telegram)
  await telegram.settled()
  expect(receiver.requests).toHaveLength(2)
  expect(telegram.deliveries[0]).toMatchObject({ fault: "delay", error: "Read timeout expired" })
  expect(telegram.deliveries.map(({ startedAt }) => since(startedAt))).toEqual([0, 60])
})

test("delay: of 60 s or more, and the request never arrives", async () => {
  const { telegram, receiver } = await deliveringTo(undefined)
  telegram.fault({ kind: "delay", milliseconds: 90_000 })
  emitMessage(telegram)
  await telegram.settled()
  await telegram.advance(90_000)
  expect(telegram.deliveries).toMatchObject([
    { outcome: "failed", error: "Read timeout expired" },
    { outcome: "delivered" },
  ])
  expect(receiver.requests).toHaveLength(1)
})

test("with `times: 0` nothing happens; of several faults the first that fits comes first", async () => {
  const { telegram } = await deliveringTo(undefined)
  telegram.fault({ kind: "stall", times: 0 })
  telegram.fault({ kind: "lose-answer", when: ({ kind }) => kind === "poll" })
  telegram.fault({ kind: "cut", when: ({ update_id }) => update_id === telegram.deliveries[0]?.updateId })
  telegram.fault({ kind: "duplicate" })
  emitMessage(telegram)
  await telegram.settled()
  emit(telegram, "poll", { id: "5" })
  await telegram.settled()
  expect(telegram.deliveries.map(({ fault }) => fault)).toEqual(["duplicate", "lose-answer", undefined])
})

test("a fault befalls the updates it is meant for, as often as is said, unless it is taken back", async () => {
  const { telegram } = await deliveringTo(undefined)
  telegram.fault({ kind: "lose-answer", times: 2, when: ({ kind }) => kind === "callback_query" })
  const takeBack = telegram.fault({ kind: "stall", times: Infinity })
  takeBack()
  emitMessage(telegram)
  emit(telegram, "callback_query", { id: "1", from: { id: 7 } })
  await telegram.settled()
  const faults = telegram.deliveries.map(({ kind, fault }) => `${kind} ${fault}`)
  expect(faults.toSorted()).toEqual([
    "callback_query lose-answer",
    "callback_query lose-answer",
    "callback_query undefined",
    "message undefined",
  ])
})
