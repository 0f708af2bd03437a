import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { createApi, file, type FileSource } from "@hookgram/api"
import { afterAll, describe, expect, test } from "vitest"
import { ok, rejection, serverSaying, token } from "./server.ts"

const folder = mkdtempSync(join(tmpdir(), "hookgram-refused-"))
afterAll(() => rmSync(folder, { recursive: true }))

/** What a call with this document fails with; nothing may have been sent by then. */
async function refusal(parameters: object): Promise<Error & Record<string, unknown>> {
  const { url, seen } = await serverSaying(ok())
  const api = createApi(token, { baseUrl: url })
  const error = await rejection(api.sendMediaGroup({ chat_id: 1, ...parameters } as never))
  expect(error).toMatchObject({ name: "HookgramError", code: "invalid_file" })
  expect(seen).toEqual([])
  return error
}

async function* failing(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(1)
  throw new Error("the disk is gone")
}

async function* numbers(): AsyncGenerator<number> {
  yield 42
}

const strings = () =>
  new ReadableStream({
    start(controller) {
      controller.enqueue("meow")
      controller.close()
    },
  })

describe("what cannot be read says why in its message", () => {
  test.each<[string, () => FileSource, string]>([
    ["a file that is not there", () => join(folder, "no.txt"), "ENOENT"],
    ["a directory", () => folder, "EISDIR"],
    ["a stream that fails", () => Readable.from(failing()), "the disk is gone"],
    ["a web stream that fails", () => ReadableStream.from(failing()), "the disk is gone"],
    ["a web stream of texts", strings, "Uint8Array"],
    ["an iterable of anything else", () => numbers() as never, "its stream gives what is neither bytes nor text"],
  ])("%s", async (_, source, reason) => {
    expect((await refusal({ document: file(source(), { name: "cat.txt" }) })).message).toContain(reason)
  })
})

describe("content that is not wrapped in file() is refused before anything is sent", () => {
  const kinds: [string, () => unknown][] = [
    ["a Buffer", () => Buffer.from("meow")],
    ["bytes", () => new Uint8Array(1)],
    ["an ArrayBuffer", () => new ArrayBuffer(1)],
    ["a Blob", () => new Blob(["meow"])],
    ["a stream of Node", () => Readable.from(["meow"])],
    ["a web stream", () => new Blob(["meow"]).stream()],
  ]
  test.each(kinds)("%s", async (_, make) => {
    const { message } = await refusal({ document: make() })
    expect(message).toContain("document")
    expect(message).toContain("file(")
    expect((await refusal({ media: [{ type: "document", media: make() }] })).message).toContain("media")
  })
})

test("an address as text is refused as it is as a URL: Telegram fetches it", () => {
  for (const source of ["https://example.com/cat.jpg", "HTTP://example.com/cat.jpg", new URL("https://example.com/")]) {
    expect(() => file(source)).toThrow("give the URL itself")
  }
  expect(file("https.txt").name).toBe("https.txt")
})

test("options of file() that there are not, or of another type, are refused by name", () => {
  const wrong = { name: 1, contentType: "image/png", filename: "cat" }
  expect(() => file("cat.jpg", wrong as never)).toThrow(/^These options of file are wrong:\n {2}name: .*\n/)
  for (const name of ["contentType: is not an option", "filename: is not an option"]) {
    expect(() => file("cat.jpg", wrong as never)).toThrow(name)
  }
})
