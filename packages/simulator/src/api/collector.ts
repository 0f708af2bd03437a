import { HttpError } from "./http-error.ts"
import { Parameters, type UploadedFile } from "./parameters.ts"

/** How large all parameters together may be, in bytes (facts, 3.1 and 8.2). */
export const PARAMETER_BYTES = 1_048_576
/** How many files one message may carry (facts, 3.1 and 8.2). */
const FILES = 50

/** Gathers the parameters of one message from its query string and its body, and keeps to their limits. */
export class Collector {
  readonly #texts = new Map<string, string>()
  readonly #files = new Map<string, UploadedFile>()
  #bytes = 0
  #count = 0

  /** Counts bytes that hold parameters. */
  count(bytes: number, where = ""): void {
    this.#bytes += bytes
    if (this.#bytes > PARAMETER_BYTES) throw tooManyParameters(where)
  }

  /** Of a repeated name the first value counts (facts, 4 and 8.2). */
  text(name: string, value: string): void {
    if (!this.#texts.has(name)) this.#texts.set(name, value)
  }

  file(name: string, file: UploadedFile): void {
    if (++this.#count > FILES) throw new HttpError(413, "Request Entity Too Large: too many files attached")
    if (!this.#files.has(name)) this.#files.set(name, file)
  }

  get parameters(): Parameters {
    return new Parameters(this.#texts, this.#files)
  }
}

export function tooManyParameters(where = ""): HttpError {
  return new HttpError(413, `Request Entity Too Large: too many parameters${where}`)
}
