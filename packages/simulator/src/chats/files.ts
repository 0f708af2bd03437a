import type { File } from "@grammyjs/types"
import type { Random } from "../random.ts"
import type { FileField } from "./media.ts"

/** A file that somebody sent, a person or a bot. */
export interface StoredFile extends File {
  readonly file_path: string
  readonly file_size: number
  /** The field of the message that it was sent in, such as `photo`. */
  readonly field?: FileField
  readonly name: string
  /** The media type, such as `image/png`. */
  readonly type: string
  readonly bytes: Buffer
  /** What is known of it, in the fields of Telegram's objects, such as `duration`. */
  readonly details: Readonly<Record<string, unknown>>
}

/** All files, by their `file_id`. They live as long as the simulator. */
export class Files {
  readonly #random: Random
  readonly #files = new Map<string, StoredFile>()
  readonly #paths = new Map<string, StoredFile>()

  constructor(random: Random) {
    this.#random = random
  }

  /**
   * @param folder such as `photos`: where `file_path` puts it
   * @param details what is known of it, such as its `duration`
   */
  add(
    folder: string,
    file: Pick<StoredFile, "field" | "name" | "type" | "bytes">,
    details: Readonly<Record<string, unknown>> = {},
  ): StoredFile {
    const extension = /\.\w+$/.exec(file.name)?.[0] ?? ""
    const stored: StoredFile = {
      ...file,
      details,
      file_id: `AgACAgIAAxkBAAI${this.#random.text(40)}`,
      file_unique_id: `AQAD${this.#random.text(12)}`,
      file_size: file.bytes.length,
      file_path: `${folder}/file_${this.#files.size}${extension}`,
    }
    this.#files.set(stored.file_id, stored)
    this.#paths.set(stored.file_path, stored)
    return stored
  }

  byId(fileId: string): StoredFile | undefined {
    return this.#files.get(fileId)
  }

  byPath(path: string): StoredFile | undefined {
    return this.#paths.get(path)
  }
}
