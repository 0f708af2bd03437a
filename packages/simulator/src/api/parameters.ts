/** A file that was uploaded with a call. */
export interface UploadedFile {
  readonly name: string
  readonly type: string
  readonly bytes: Buffer
}

/** What people write: it is no JSON, even if it looks like some. */
const prose: ReadonlySet<string> = new Set(["text", "caption", "title", "question"])

/**
 * What a call was given. All of it is text, as on Telegram's server: a number, an array or `null` in a JSON body is
 * here as its JSON source (facts, 4 and 8.2).
 */
export class Parameters {
  readonly texts: ReadonlyMap<string, string>
  readonly files: ReadonlyMap<string, UploadedFile>

  constructor(texts: ReadonlyMap<string, string> = new Map(), files: ReadonlyMap<string, UploadedFile> = new Map()) {
    this.texts = texts
    this.files = files
  }

  has(name: string): boolean {
    return this.texts.has(name)
  }

  /** The text, or "" if there is none. */
  text(name: string): string {
    return this.texts.get(name) ?? ""
  }

  /** The digits at the beginning as a number, 0 if there are none (facts, 5.1). */
  integer(name: string, otherwise = 0): number {
    const text = this.texts.get(name)?.trim()
    return text ? Number(/^-?\d+/.exec(text)?.[0] ?? 0) : otherwise
  }

  /** True for `true`, `yes` and `1`, whatever the case (facts, 5.1). */
  boolean(name: string): boolean {
    return ["true", "yes", "1"].includes(this.text(name).trim().toLowerCase())
  }

  /** The value that the text is the JSON of, or `undefined` if there is none or it is no JSON. */
  json(name: string): unknown {
    try {
      return JSON.parse(this.text(name))
    } catch {
      return undefined
    }
  }

  /** The file of this name, or the one that the text `attach://…` points to. */
  file(name: string): UploadedFile | undefined {
    const text = this.text(name)
    return this.files.get(text.startsWith("attach://") ? text.slice("attach://".length) : name)
  }

  /** All of it as it is shown in the list of calls: JSON where it is some, files by their names. */
  toJSON(): Record<string, unknown> {
    const texts = [...this.texts].map(([name, text]) => [name, prose.has(name) ? text : (this.#shown(name) ?? text)])
    const files = [...this.files].map(([name, file]) => [name, `${file.name} (${file.bytes.length} bytes)`])
    return Object.fromEntries([...texts, ...files]) as Record<string, unknown>
  }

  /** What a text is the JSON of, unless it is a number that would not be the same any more. */
  #shown(name: string): unknown {
    const value = this.json(name)
    return typeof value === "number" && !Number.isSafeInteger(value) && String(value) !== this.text(name)
      ? undefined
      : value
  }
}
