import { readFileSync } from "node:fs"
import { createServer, type IncomingMessage, type Server } from "node:http"
import type { LambdaContext, LambdaEvent, LambdaResult } from "@hookgram/lambda"

/** In which form an HTTP request comes to a function: the name of a file in `test/fixtures/lambda`. */
export type LambdaShape = "api-gateway-v1" | "api-gateway-v2" | "function-url" | "alb" | "alb-multi-value"

/** An event of the shape, as it is documented. */
export function lambdaEvent(shape: LambdaShape): LambdaEvent {
  return JSON.parse(readFileSync(new URL(`../fixtures/lambda/${shape}.json`, import.meta.url), "utf8")) as LambdaEvent
}

/** A function's own time, of which nothing passes. */
export const minute: LambdaContext = { getRemainingTimeInMillis: () => 60_000 }

type LambdaFunction = (event: LambdaEvent, context: LambdaContext) => Promise<LambdaResult>

/** A Lambda function on a real socket: a gateway that makes events of requests as the shape's one does, and answers of results. */
export function lambdaServer(shape: LambdaShape, base64: boolean, call: LambdaFunction): Server {
  const sample = lambdaEvent(shape)
  return createServer(async (message, response) => {
    const chunks = await message.toArray().catch(() => undefined)
    if (!chunks) return // the peer has gone, and a gateway calls nobody
    const body = Buffer.concat(chunks as Buffer[])
    const event = {
      ...eventOf(sample, message),
      body: body.toString(base64 ? "base64" : "utf8"),
      isBase64Encoded: base64,
    }
    const result = await call(JSON.parse(JSON.stringify(event)) as LambdaEvent, minute)
    response.writeHead(result.statusCode, result.multiValueHeaders ?? result.headers).end(result.body)
  })
}

function eventOf(sample: LambdaEvent, message: IncomingMessage): LambdaEvent {
  const [path = "", query = ""] = (message.url ?? "").split(/[?#]/)
  const sourceIp = message.socket.remoteAddress ?? ""
  const values = valuesOf(message)
  const { http, identity } = sample.requestContext ?? {}
  const method = message.method ?? ""
  if (http) {
    const requestContext = { ...sample.requestContext, http: { ...http, method, path, sourceIp } }
    return {
      ...sample,
      rawPath: path,
      rawQueryString: query,
      headers: lower(joined(values)),
      requestContext,
    } as LambdaEvent
  }
  const event = { ...sample, httpMethod: method, path }
  if (identity) {
    const requestContext = { ...sample.requestContext, identity: { ...identity, sourceIp } }
    return { ...event, headers: lasts(values), multiValueHeaders: values, requestContext }
  }
  const forwarded = lower({ ...values, "X-Forwarded-For": [...(values["X-Forwarded-For"] ?? []), sourceIp] })
  if (sample.headers) return { ...event, headers: joined(forwarded) }
  return { ...event, multiValueHeaders: forwarded }
}

type Values = Record<string, string[]>

/** The values of each header, by the name as it was sent. */
function valuesOf({ rawHeaders }: IncomingMessage): Values {
  const values: Values = {}
  for (let index = 0; index < rawHeaders.length; index += 2)
    (values[rawHeaders[index] ?? ""] ??= []).push(rawHeaders[index + 1] ?? "")
  return values
}

function lower<T>(headers: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

function joined(values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, each]) => [name, each.join(",")]))
}

function lasts(values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, each]) => [name, each.at(-1) ?? ""]))
}
