import { type WebhookAnswer, ResponseParser } from "../../../packages/simulator/src/delivery/response.ts"

/** What a parser makes of bytes that come at once. Without an answer, more bytes are waited for. */
export function parse(...bytes: (string | Buffer)[]): WebhookAnswer | undefined {
  return new ResponseParser().push(joined(bytes))
}

/** All answers that are in the bytes, in the order in which the updates of a connection would get them. */
export function parseAll(...bytes: (string | Buffer)[]): WebhookAnswer[] {
  const parser = new ResponseParser()
  const answers: WebhookAnswer[] = []
  for (let answer = parser.push(joined(bytes)); answer; answer = parser.push()) answers.push(answer)
  return answers
}

/** A whole answer: 200, these header lines, and a body with its length. */
export function ok(headers: string, body: string | Buffer): Buffer {
  const head = `HTTP/1.1 200 OK\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`
  return joined([head, body])
}

export const json = "Content-Type: application/json\r\n"

/** The texts that a whole answer with this body has for parameters. */
export function texts(headers: string, body: string | Buffer): Record<string, string> | undefined {
  const answer = parse(ok(headers, body))
  return answer && Object.fromEntries(answer.parameters.texts)
}

function joined(parts: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(parts.map((part) => Buffer.from(part)))
}
