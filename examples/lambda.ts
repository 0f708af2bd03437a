// A bot as an AWS Lambda function, whose handler is `handler` of this file: it says every text back. This calls it with an event:
// `SECRET_TOKEN=A-valid_secret-token-1 EVENT=test/fixtures/lambda/api-gateway-v1.json npx tsx examples/lambda.ts`
import { readFile } from "node:fs/promises"
import { type LambdaEvent, telegramWebhook } from "@hookgram/lambda"

const { SECRET_TOKEN = "", EVENT } = process.env

export const handler = telegramWebhook({
  secretToken: SECRET_TOKEN,
  deadline: 25_000, // Lambda stops at the answer: longer than a message takes, and short of the 29 s of API Gateway
  handler: ({ message }) => message?.text && { method: "sendMessage", chat_id: message.chat.id, text: message.text },
})

if (EVENT) {
  const event = JSON.parse(await readFile(EVENT, "utf8")) as LambdaEvent
  console.log(JSON.stringify(await handler(event, { getRemainingTimeInMillis: () => 30_000 })))
}
