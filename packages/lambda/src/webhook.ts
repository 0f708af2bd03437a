import { mount, type MountOptions, type WebhookResponse } from "@hookgram/core"
import type { LambdaContext, LambdaEvent, LambdaResult } from "./event.ts"
import { LambdaRequest } from "./request.ts"

/** The answer to another path: a function has no application around it. */
const notFound: WebhookResponse = { status: 404, headers: { "content-length": "0" } }

/**
 * A webhook as the handler of a Lambda function, behind API Gateway (payload format 1.0 or 2.0), a Function URL or an
 * Application Load Balancer. Telegram is never told 200 for what is not done, since Lambda stops a function at its answer:
 * when the `deadline` or the function's own time is over, `onDeadline` is always `"retry"`.
 *
 * @throws HookgramError `invalid_options`, naming every field that is wrong
 * @example
 * export const lambda = telegramWebhook({ secretToken, handler })
 */
export function telegramWebhook(
  options: MountOptions,
): (event: LambdaEvent, context: LambdaContext) => Promise<LambdaResult> {
  const { webhook, matches } = mount(options)
  // Two parameters: newer versions of Lambda's Node refuse a function with a third, for a callback.
  return async (event, context) => {
    const isOurs = matches(event.rawPath ?? event.path)
    return resultOf(event, isOurs ? await webhook.receive(new LambdaRequest(event, context)) : notFound)
  }
}

function resultOf(event: LambdaEvent, { status, headers, body = "" }: WebhookResponse): LambdaResult {
  const rest = { statusCode: status, body, isBase64Encoded: false }
  if (event.headers || !event.multiValueHeaders) return { ...rest, headers: { ...headers } }
  const multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]))
  return { ...rest, multiValueHeaders }
}
