import { secretToken } from "../support/application.ts"
import { recorded } from "../support/updates.ts"
import { wireBody, wireHead } from "../support/wire.ts"
import type { Random } from "./random.ts"

export { secretToken }

/** One header line. Without a value: the length of the body, filled in at the end. */
export interface Header {
  name: string
  value?: string | undefined
}

/** A request that mutations are made on before it becomes bytes. Texts are Latin-1: one character, one byte. */
export interface Draft {
  method: string
  target: string
  version: string
  lineEnd: string
  headers: Header[]
  body: Buffer
  /** Puts the finished body on the wire; by default as it is. */
  frame: (body: Buffer) => Buffer
}

/** A change of a draft. A harmless one leaves a delivery that has to be taken like any other. */
export interface Mutation {
  readonly name: string
  readonly harmless?: true
  apply(draft: Draft, random: Random): void
}

/** The wire bodies of the recorded updates, without the `{"update_id":…` they begin with. */
const recordings = recorded.map(({ update }) => wireBody({ ...update, update_id: 0 }).slice(`{"update_id":0`.length))

/** The body of one of the recordings, under another id, byte for byte as Telegram writes it. */
export function recordedBody(random: Random, updateId: number): Buffer {
  return Buffer.from(`{"update_id":${updateId}${random.pick(recordings)}`, "latin1")
}

/** The delivery of a recording, byte for byte as Telegram writes it. */
export function draftOf(random: Random, updateId: number): Draft {
  const body = recordedBody(random, updateId)
  const [requestLine = "", ...lines] = wireHead(body, { port: 80, secretToken }).trimEnd().split("\r\n")
  const [method = "", target = "", version = ""] = requestLine.split(" ")
  const headers = lines.map((line): Header => {
    const [name = "", value] = line.split(": ")
    return name === "Content-Length" ? { name } : { name, value }
  })
  return { method, target, version, lineEnd: "\r\n", headers, body, frame: (bytes) => bytes }
}

export function bytesOf({ method, target, version, lineEnd, headers, body, frame }: Draft): Buffer {
  const lines = headers.map(({ name, value }) => `${name}: ${value ?? body.length}`)
  const head = [`${method} ${target} ${version}`, ...lines, "", ""].join(lineEnd)
  return Buffer.concat([Buffer.from(head, "latin1"), frame(body)])
}

/** The first header of that name, in any case of letters. */
export function headerOf(draft: Draft, name: string): Header | undefined {
  return draft.headers.find((header) => header.name.toLowerCase() === name)
}

/** Sets a header's value, where there is one; else adds it. */
export function setHeader(draft: Draft, name: string, value: string): void {
  const header = headerOf(draft, name.toLowerCase())
  if (header) header.value = value
  else draft.headers.push({ name, value })
}

export function removeHeader(draft: Draft, name: string): void {
  draft.headers = draft.headers.filter((header) => header.name.toLowerCase() !== name)
}

/** Other bytes in the place of some. */
export function spliced(bytes: Buffer, start: number, removed: number, inserted: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, start), inserted, bytes.subarray(start + removed)])
}

/** Bytes with a few bits turned over. */
export function flipped(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes)
  for (let count = copy.length === 0 ? 0 : random.between(1, 8); count > 0; count--) {
    const at = random.below(copy.length)
    copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8))
  }
  return copy
}
