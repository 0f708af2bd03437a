import { percentDecode } from "./form.ts"
import { trim } from "./header-lines.ts"
import { HttpError } from "./http-error.ts"

/** A quoted string, with what follows it up to the semicolon; and a plain one. */
const quoted = /^"((?:[^"\\]|\\[^])*)"[ \t\r\n\0\v]*/
const plain = /^[^;]*/

/** Reads the parameters of a part's `Content-Disposition`, such as `name` and `filename`. */
export function parseContentDisposition(value: string): Map<string, string> {
  if (!value.startsWith("form-data;")) throw broken("expected form-data content disposition")
  const found = new Map<string, string>()
  let rest = value.slice("form-data;".length)
  for (let sign = rest.indexOf("="); sign >= 0; sign = rest.indexOf("=")) {
    const key = trim(rest.slice(0, sign))
    rest = rest.slice(sign + 1).trimStart()
    const [whole, inner] = rest.startsWith('"') ? quotedString(rest) : [plain.exec(rest)?.[0] ?? ""]
    rest = rest.slice(whole.length)
    if (rest !== "" && !rest.startsWith(";")) throw broken("expected ';' in Content-Disposition header")
    rest = rest.slice(1)
    found.set(key, percentDecode(inner ?? trim(whole), false))
  }
  return found
}

function quotedString(text: string): [whole: string, inner: string] {
  const [whole, inner] = quoted.exec(text) ?? []
  if (whole === undefined || inner === undefined) {
    const what = /(?<!\\)(?:\\\\)*\\$/.test(text) ? "wrong escape sequence" : "unclosed quoted string"
    throw broken(`${what} in Content-Disposition header`)
  }
  return [whole, inner.replace(/\\([^])/g, "$1")]
}

function broken(reason: string): HttpError {
  return new HttpError(400, `Bad Request: ${reason}`)
}
