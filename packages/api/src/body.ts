import { InputFile, invalidFile, isContent } from "./file.ts"

/** What is sent with a call: JSON, or a form when there are files in it. */
export interface CallBody {
  readonly body?: string | FormData
  readonly headers?: { readonly "Content-Type": string }
}

/**
 * Writes the parameters of a call. Those without a value are left out, since Telegram takes a `null` for the text `null`
 * (facts, 5.1). A file goes under its parameter's own name; one that is deeper inside, as in `media`, by `attach://`.
 *
 * @throws HookgramError `invalid_file`
 */
export async function writeBody(parameters: object): Promise<CallBody> {
  const files = new Map<string, InputFile>()
  const attach = (value: unknown): unknown => {
    if (!(value instanceof InputFile)) return value
    const name = `file${files.size}`
    files.set(name, value)
    return `attach://${name}`
  }
  const fields = Object.entries(parameters)
    .filter(([, value]) => value !== undefined && value !== null)
    .flatMap(([name, value]: [string, unknown]): [name: string, json: string][] => {
      if (!(value instanceof InputFile)) return [[name, toJson(name, value, attach)]]
      files.set(name, value)
      return []
    })
  if (files.size > 0) return { body: await form(fields, files) }
  if (fields.length === 0) return {}
  const members = fields.map(([name, json]) => `${JSON.stringify(name)}:${json}`)
  return { body: `{${members.join(",")}}`, headers: { "Content-Type": "application/json" } }
}

/** @throws HookgramError `invalid_file` where there is the content of a file, which would be sent as something else */
function toJson(name: string, parameter: unknown, replace: (value: unknown) => unknown): string {
  return JSON.stringify(parameter, function (this: Readonly<Record<string, unknown>>, key, value: unknown) {
    // What stands there: some bytes have a toJSON, which was called before.
    if (isContent(this[key])) throw invalidFile(name, "it is content alone: give it as file(content)")
    return replace(value)
  })
}

async function form(fields: readonly [string, string][], files: ReadonlyMap<string, InputFile>): Promise<FormData> {
  const data = new FormData()
  // In a form a text stands for itself.
  for (const [name, json] of fields) data.append(name, json.startsWith('"') ? (JSON.parse(json) as string) : json)
  for (const [name, file] of files) data.append(name, await file.blob(), file.name)
  return data
}
