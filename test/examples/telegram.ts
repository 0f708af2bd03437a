import { createApi } from "@hookgram/api"
import type { Simulator } from "@hookgram/simulator"
import { type Program, secretToken } from "./program.ts"

/** The variables of an example whose Telegram is the simulator. */
export function variables(telegram: Simulator): Record<string, string> {
  return { PORT: "0", BOT_TOKEN: telegram.token, SECRET_TOKEN: secretToken, API_URL: telegram.url }
}

/** Sets the webhook of the simulator's bot to a program that listens. */
export async function setWebhook(telegram: Simulator, program: Program): Promise<void> {
  const api = createApi(telegram.token, { baseUrl: telegram.url })
  await api.setWebhook({ url: `http://127.0.0.1:${program.port}/telegram`, secret_token: secretToken })
}
