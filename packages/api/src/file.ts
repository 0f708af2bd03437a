import { checked, HookgramError } from "@hookgram/core"
import { z } from "zod"
import { nodeModule } from "./node-module.ts"

/** What a file can be made of. A text is a path, and so is a `file:` URL. */
export type FileSource =
  | string
  | URL
  | Blob
  | ArrayBuffer
  | Uint8Array
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array | string>

export interface FileOptions {
  /**
   * The name that Telegram is told: its ending decides what a document is shown as.
   * @default the name of the path or of the `File`, else "file"
   */
  readonly name?: string | undefined
  /** The media type, such as `image/png`. */
  readonly type?: string | undefined
}

const schema = z.strictObject({
  name: z.string({ error: "must be a text" }).optional(),
  type: z.string({ error: "must be a media type, such as image/png" }).optional(),
})

/** A file to upload. Made by {@link file}. */
export class InputFile {
  readonly name: string
  readonly #type: string | undefined
  #source: FileSource | undefined

  constructor(source: FileSource, { name, type }: FileOptions) {
    this.#source = source
    this.#type = type
    this.name = (name ?? nameOf(source)) || "file"
  }

  /**
   * The content. Streams are read to their end, since an upload that Telegram puts off is sent again.
   *
   * @throws HookgramError `invalid_file` when it cannot be read
   */
  async blob(): Promise<Blob> {
    const source = this.#source
    if (source === undefined)
      throw invalidFile(this.name, "its stream was read for another call; make a new one with file()")
    if (isStream(source)) this.#source = undefined
    try {
      const content = await read(source)
      return this.#type === undefined ? content : new Blob([content], { type: this.#type })
    } catch (cause) {
      throw cause instanceof HookgramError
        ? cause
        : invalidFile(this.name, `it cannot be read: ${reason(cause)}`, cause)
    }
  }
}

/**
 * A file to upload, wherever the Bot API takes one. What Telegram has already needs no upload: give its `file_id`. What is
 * on the web neither: give the address, as a text or a `URL`, and Telegram fetches it.
 *
 * @param source a path, a `Blob`, bytes, or a stream of them; a stream serves one call
 * @throws HookgramError `invalid_file` when it is nothing of these; `invalid_options`, naming every option that is wrong
 * @example
 * await api.sendPhoto({ chat_id: message.chat.id, photo: file("cat.jpg"), caption: "Look" })
 */
export function file(source: FileSource, options: FileOptions = {}): InputFile {
  const named = checked("These options of file are wrong", schema.safeParse(options))
  const address = webAddress(source)
  if (address !== undefined) {
    throw invalidFile(address, "it is on the web: give the URL itself instead of a file, and Telegram fetches it")
  }
  const isKnown = typeof source === "string" || source instanceof URL || isContent(source)
  if (!isKnown) throw invalidFile(named.name ?? "file", "it must be a path, a Blob, bytes or a stream")
  return new InputFile(source, named)
}

function webAddress(source: FileSource): string | undefined {
  if (source instanceof URL) return source.protocol === "file:" ? undefined : source.href
  return typeof source === "string" && /^https?:\/\//i.test(source) ? source : undefined
}

/** Whether something is what a file is made of, other than the place of one. */
export function isContent(value: unknown): boolean {
  return isStream(value) || [Blob, ArrayBuffer, Uint8Array].some((kind) => value instanceof kind)
}

async function read(source: FileSource): Promise<Blob> {
  if (source instanceof Blob) return source
  if (typeof source === "string" || source instanceof URL) return open(source)
  if (source instanceof ArrayBuffer || source instanceof Uint8Array) return new Blob([source])
  if (source instanceof ReadableStream) return new Response(source).blob()
  const parts: (Uint8Array | string)[] = []
  for await (const part of source) {
    if (typeof part !== "string" && !(part instanceof Uint8Array)) {
      throw new TypeError("its stream gives what is neither bytes nor text")
    }
    parts.push(part)
  }
  return new Blob(parts)
}

/** Node's own way reads a file only as it is sent, and does not say why it cannot; a byte read now does. */
async function open(path: string | URL): Promise<Blob> {
  const files = nodeModule("node:fs")
  if (!files) throw invalidFile(String(path), "there are no files on this host; give its content as a Blob or bytes")
  const handle = await files.promises.open(path)
  try {
    await handle.read(new Uint8Array(1))
  } finally {
    await handle.close()
  }
  return files.openAsBlob(path)
}

function isStream(source: unknown): source is ReadableStream<Uint8Array> | AsyncIterable<Uint8Array | string> {
  if (source instanceof ReadableStream) return true
  return typeof source === "object" && source !== null && Symbol.asyncIterator in source
}

function nameOf(source: FileSource): string | undefined {
  if (source instanceof URL) return decodeURIComponent(source.pathname).split("/").at(-1)
  if (typeof source === "string") return source.split(/[/\\]/).at(-1)
  return "name" in source && typeof source.name === "string" ? source.name : undefined
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

export function invalidFile(name: string, why: string, cause?: unknown): HookgramError {
  return new HookgramError("invalid_file", `The file ${name} cannot be sent: ${why}.`, { cause })
}
