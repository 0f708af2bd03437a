import { HookgramError } from "@hookgram/core"
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
  readonly name?: string
  /** The media type, such as `image/png`. */
  readonly type?: string
}

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
      throw cause instanceof HookgramError ? cause : invalidFile(this.name, "it cannot be read", cause)
    }
  }
}

/**
 * A file to upload, wherever the Bot API takes one. What Telegram has already needs no upload: give its `file_id`. What is
 * on the web neither: give the address, as a text or a `URL`, and Telegram fetches it.
 *
 * @param source a path, a `Blob`, bytes, or a stream of them; a stream serves one call
 * @throws HookgramError `invalid_file` when it is nothing of these
 * @example
 * await api.sendPhoto({ chat_id: message.chat.id, photo: file("cat.jpg"), caption: "Look" })
 */
export function file(source: FileSource, options: FileOptions = {}): InputFile {
  if (source instanceof URL && source.protocol !== "file:") {
    throw invalidFile(source.href, "it is on the web: give the URL itself instead of a file, and Telegram fetches it")
  }
  const known = typeof source === "string" || isStream(source) || contents.some((kind) => source instanceof kind)
  if (!known) throw invalidFile(options.name ?? "file", "it must be a path, a Blob, bytes or a stream")
  return new InputFile(source, options)
}

const contents = [URL, Blob, ArrayBuffer, Uint8Array]

async function read(source: FileSource): Promise<Blob> {
  if (source instanceof Blob) return source
  if (typeof source === "string" || source instanceof URL) return open(source)
  if (source instanceof ArrayBuffer || source instanceof Uint8Array) return new Blob([source])
  if (source instanceof ReadableStream) return new Response(source).blob()
  const parts: (Uint8Array | string)[] = []
  for await (const part of source) parts.push(part)
  return new Blob(parts)
}

/** Node's own way reads a file only as it is sent; a byte read now shows that this is no directory. */
async function open(path: string | URL): Promise<Blob> {
  const files = nodeModule("node:fs")
  if (!files) throw invalidFile(String(path), "there are no files on this host; give its content as a Blob or bytes")
  const content = await files.openAsBlob(path)
  await content.slice(0, 1).arrayBuffer()
  return content
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

function invalidFile(name: string, why: string, cause?: unknown): HookgramError {
  return new HookgramError("invalid_file", `The file ${name} cannot be sent: ${why}.`, { cause })
}
