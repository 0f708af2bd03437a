import { telegramWebhook } from "@hookgram/lambda"
import type {
  ALBHandler,
  APIGatewayProxyHandler,
  APIGatewayProxyHandlerV2,
  Context,
  LambdaFunctionURLEvent,
} from "aws-lambda"

/** What `telegramWebhook` makes is a handler of each kind that `@types/aws-lambda` knows. */
const handler = telegramWebhook({ secretToken: "A-valid_secret-token-1", handler: () => {} })

export const format1: APIGatewayProxyHandler = handler
export const format2: APIGatewayProxyHandlerV2 = handler
export const loadBalancer: ALBHandler = handler

export function functionUrl(event: LambdaFunctionURLEvent, context: Context): unknown {
  return handler(event, context)
}
