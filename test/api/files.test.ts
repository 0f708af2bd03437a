import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pathToFileURL } from "node:url"
import { createApi, file, type FileSource } from "@hookgram/api"
import { ApiError } from "@hookgram/simulator"
import { afterAll, describe, expect, onTestFinished, test } from "vitest"
import { ok, rejection, serverSaying, simulated, token } from "./server.ts"

const folder = mkdtempSync(join(tmpdir(), "hookgram-api-"))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, "a cat.txt")
writeFileSync(path, "meow ñ")
const bytes = new TextEncoder().encode("meow ñ")

async function* pieces(): AsyncGenerator<Uint8Array> {
  yield bytes.subarray(0, 6)
  yield bytes.subarray(6)
}

/** Sends a document to a person, and gives back what arrived. */
async function send(document: ReturnType<typeof file>, answers429 = false) {
  const { telegram, api } = await simulated()
  const ana = telegram.user("Ana")
  await ana.send("Hola")
  const error = new ApiError(429, "Too Many Requests: retry after 1", { retry_after: 1 })
  if (answers429) telegram.refuse({ method: "sendDocument", error })
  const message = await api.sendDocument({ chat_id: ana.id, document, caption: "Look: ñ" })
  expect(message.caption).toBe("Look: ñ")
  const stored = telegram.world.files.byId(message.document.file_id)
  return { name: message.document.file_name, type: message.document.mime_type, text: stored?.bytes.toString() }
}

describe("a file is made of", () => {
  test.each<[string, () => FileSource, string]>([
    ["a path", () => path, "a cat.txt"],
    ["a file: URL", () => pathToFileURL(path), "a cat.txt"],
    ["a Blob", () => new Blob([bytes]), "file"],
    ["a File", () => new File([bytes], "cat.txt"), "cat.txt"],
    ["bytes", () => bytes, "file"],
    ["a Buffer", () => Buffer.from(bytes), "file"],
    ["an ArrayBuffer", () => bytes.slice().buffer, "file"],
    ["an async iterable", pieces, "file"],
    ["a stream of Node", () => Readable.from(pieces()), "file"],
    ["a web stream", () => new Blob([bytes]).stream(), "file"],
  ])("%s", async (_, source, name) => {
    expect(await send(file(source()))).toMatchObject({ name, text: "meow ñ" })
  })
})

test("its name and its type can be given", async () => {
  const document = file(bytes, { name: "cat.md", type: "text/markdown" })
  expect(await send(document)).toEqual({ name: "cat.md", type: "text/markdown", text: "meow ñ" })
})

test("a stream is sent again whole when Telegram puts the call off, and cannot serve another call", async () => {
  const document = file(pieces())
  expect(await send(document, true)).toMatchObject({ text: "meow ñ" })
  expect(await rejection(send(document))).toMatchObject({ code: "invalid_file" })
})

test("files inside media go by attach://, each under a name of its own", async () => {
  const { telegram, api } = await simulated()
  const ana = telegram.user("Ana")
  await ana.send("Hola")
  const sent = await api.sendMediaGroup({
    chat_id: ana.id,
    media: [
      { type: "document", media: file(new TextEncoder().encode("one"), { name: "1.txt" }), caption: "first" },
      { type: "document", media: file(new TextEncoder().encode("two"), { name: "2.txt" }) },
    ],
  })
  const documents = sent.map((message) => ("document" in message ? message.document : undefined))
  expect(documents.map((one) => telegram.world.files.byId(one?.file_id ?? "")?.bytes.toString())).toEqual([
    "one",
    "two",
  ])
})

test("in a form, texts stand for themselves and all else is JSON", async () => {
  const { url, seen } = await serverSaying(ok())
  const api = createApi(token, { baseUrl: url })
  const entities = [{ type: "bold" as const, offset: 0, length: 1 }]
  await api.sendDocument({
    chat_id: 1,
    document: file(bytes),
    caption: '"q"',
    caption_entities: entities,
    protect_content: true,
    thumbnail: undefined,
  })
  const form = await new Response(seen[0]?.body, { headers: { "content-type": seen[0]?.type ?? "" } }).formData()
  const fields = [...form].map(([name, value]) => [name, typeof value === "string" ? value : "a file"])
  expect(Object.fromEntries(fields)).toEqual({
    chat_id: "1",
    document: "a file",
    caption: '"q"',
    caption_entities: JSON.stringify(entities),
    protect_content: "true",
  })
})

test("Telegram sends what it has, by its file_id", async () => {
  const { telegram, api } = await simulated()
  const ana = telegram.user("Ana")
  await ana.send("Hola")
  const first = await api.sendDocument({ chat_id: ana.id, document: file(path) })
  const again = await api.sendDocument({ chat_id: ana.id, document: first.document.file_id })
  expect(telegram.world.files.byId(again.document.file_id)?.bytes.toString()).toBe("meow ñ")
})

test.each(["cats/a cat.txt", "cat"])(
  "%s as a text is refused by Telegram, and it is said what to give",
  async (text) => {
    const { telegram, api } = await simulated()
    const ana = telegram.user("Ana")
    await ana.send("Hola")
    const error = await rejection(api.sendDocument({ chat_id: ana.id, document: text }))
    expect(error).toMatchObject({ code: "api_error", errorCode: 400 })
    expect(error.message).toContain("for a path, give file(path)")
  },
)

test("a URL and a file_id are sent as text, and make no form", async () => {
  const { url, seen } = await serverSaying(ok())
  const api = createApi(token, { baseUrl: url })
  await api.sendPhoto({ chat_id: 1, photo: new URL("https://example.com/cat.jpg") })
  await api.sendPhoto({ chat_id: 1, photo: "AgACAgQ" })
  expect(seen.map(({ body }) => JSON.parse(body.toString()) as unknown)).toEqual([
    { chat_id: 1, photo: "https://example.com/cat.jpg" },
    { chat_id: 1, photo: "AgACAgQ" },
  ])
})

test.each([
  ["a file that is not there", join(folder, "no.txt"), "no.txt"],
  ["a directory", folder, "hookgram-api-"],
])("%s fails the call before anything is sent", async (_, where, name) => {
  const { url, seen } = await serverSaying(ok())
  const api = createApi(token, { baseUrl: url })
  const error = await rejection(api.sendDocument({ chat_id: 1, document: file(where) }))
  expect(error).toMatchObject({ code: "invalid_file" })
  expect(error.message).toContain(name)
  expect(seen).toEqual([])
})

test("a stream that never ends is given up on when the time is over, or by a signal", async () => {
  const { url, seen } = await serverSaying(ok())
  const api = createApi(token, { baseUrl: url })
  const endless = () => file(new ReadableStream<Uint8Array>())
  const late = await rejection(api.sendDocument({ chat_id: 1, document: endless() }, { timeout: 50 }))
  expect(late).toMatchObject({ code: "api_timeout" })
  const reason = new Error("enough")
  const controller = new AbortController()
  const call = rejection(api.sendDocument({ chat_id: 1, document: endless() }, { signal: controller.signal }))
  setTimeout(() => controller.abort(reason), 50)
  expect(await call).toBe(reason)
  expect(seen).toEqual([])
})

test("a stream is left unread when the signal was aborted before", async () => {
  const document = file(pieces())
  const { url } = await serverSaying(ok("sent"))
  const api = createApi(token, { baseUrl: url })
  const reason = new Error("enough")
  const options = { signal: AbortSignal.abort(reason) }
  expect(await rejection(api.sendDocument({ chat_id: 1, document }, options))).toBe(reason)
  expect(await api.sendDocument({ chat_id: 1, document })).toBe("sent")
})

test("where there is no file system, a path is refused with what to do, and bytes are fine", async () => {
  const { url } = await serverSaying(ok("sent"))
  const api = createApi(token, { baseUrl: url })
  const { getBuiltinModule } = process
  process.getBuiltinModule = undefined as never
  onTestFinished(() => {
    process.getBuiltinModule = getBuiltinModule
  })
  const error = await rejection(api.sendDocument({ chat_id: 1, document: file(path) }))
  expect(error).toMatchObject({ code: "invalid_file" })
  expect(error.message).toContain("there are no files on this host")
  expect(await api.sendDocument({ chat_id: 1, document: file(bytes) })).toBe("sent")
})

test("what is on the web, or is no file at all, is refused with what to do", () => {
  expect(() => file(new URL("https://example.com/cat.jpg"))).toThrow("give the URL itself")
  expect(() => file(42 as never)).toThrow("a path, a Blob, bytes or a stream")
})
