import { HttpError } from "../api/http-error.ts"
import { type RequestTarget, splitTarget } from "../api/request-target.ts"

/** The first line of what a webhook sent, or more than that if it is broken. */
export interface FirstLine extends Partial<RequestTarget> {
  readonly type: "GET" | "POST" | "RESPONSE"
  readonly version: string
  /** 0 of a request. */
  readonly status: number
  /** "" of a request. */
  readonly reason: string
  /** Where it ends: at a carriage return. */
  readonly end: number
}

/** @param lines one byte per character */
export function parseFirstLine(lines: string): FirstLine {
  const space = lines.indexOf(" ")
  const type = space < 0 ? "" : lines.slice(0, space)
  if (type.startsWith("HTTP")) return parseStatusLine(lines, type)
  if (type === "GET" || type === "POST") return parseRequestLine(lines, type)
  throw new HttpError(501, "Not Implemented")
}

function parseStatusLine(lines: string, version: string): FirstLine {
  checkVersion(version)
  // Without a space after the code, all is the code up to the next space, which may be in the first header.
  const space = lines.indexOf(" ", version.length + 1)
  if (space < 0) throw new HttpError(400, "Bad Request")
  const status = Number(/^-?\d+/.exec(lines.slice(version.length + 1, space))?.[0] ?? 0)
  const end = lines.indexOf("\r", space)
  const reason = Buffer.from(lines.slice(space + 1, end), "latin1").toString()
  return { type: "RESPONSE", version, status, reason, end }
}

function parseRequestLine(lines: string, type: "GET" | "POST"): FirstLine {
  const end = lines.indexOf("\r")
  const line = lines.slice(type.length + 1, end)
  const space = line.lastIndexOf(" ")
  if (space < 0) throw new HttpError(400, "Bad Request: wrong request line")
  const version = line.slice(space + 1)
  checkVersion(version)
  return { type, version, status: 0, reason: "", end, ...splitTarget(line.slice(0, space)) }
}

function checkVersion(version: string): void {
  if (version !== "HTTP/1.1" && version !== "HTTP/1.0") throw new HttpError(505, "HTTP Version Not Supported")
}
