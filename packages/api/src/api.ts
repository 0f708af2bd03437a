import type { ApiMethods } from "@grammyjs/types"
import type { WebhookReply } from "@hookgram/core"
import { type CallOptions, Client } from "./client.ts"
import type { InputFile } from "./file.ts"
import { type ApiOptions, resolveApiOptions } from "./options.ts"

/** All methods as `@grammyjs/types` has them. A `URL` is sent as text: Telegram fetches what is there. */
type Methods = ApiMethods<InputFile | URL>

/** The parameters of a method; those that have none take an empty object before the options. */
type Arguments<Method extends keyof Methods> =
  Parameters<Methods[Method]> extends [] ? [parameters?: Record<string, never>] : Parameters<Methods[Method]>

/** Every method of the Bot API: https://core.telegram.org/bots/api#available-methods. */
export type Api = {
  readonly [Method in keyof Methods]: (
    ...args: [...parameters: Arguments<Method>, options?: CallOptions]
  ) => Promise<ReturnType<Methods[Method]>>
}

type Call = (parameters?: object, options?: CallOptions) => Promise<unknown>

/**
 * The Bot API as an object with a function for each method. Calls are JSON, or a form if there are files in them.
 *
 * A call that Telegram puts off with 429 is made again when it says; one of which the outcome is not known (no answer, or
 * 5xx) only where twice is the same as once, so never one that sends. The token shows up in no error.
 *
 * @param token the one from BotFather, `123456:ABC…`
 * @returns an object whose functions reject with a `TelegramError` when Telegram refuses, and with a `HookgramError`
 * `api_unreachable`, `api_timeout` or `invalid_file`
 * @throws HookgramError `invalid_options`, naming every field that is wrong
 * @example
 * const api = createApi(process.env.BOT_TOKEN!)
 * await api.sendMessage({ chat_id: message.chat.id, text: "Hello" })
 */
export function createApi(token: string, options: ApiOptions = {}): Api {
  const client = new Client(token, resolveApiOptions(token, options))
  const calls = new Map<string, Call>()
  return new Proxy({ [Symbol.toStringTag]: "Api" } as unknown as Api, {
    get(target, name) {
      // Whoever awaits or prints the object asks for these, and not for a method.
      if (typeof name === "symbol" || name in target || name === "then" || name === "toJSON") {
        return Reflect.get(target, name) as unknown
      }
      const call = calls.get(name) ?? ((parameters, callOptions) => client.call(name, parameters, callOptions))
      calls.set(name, call)
      return call
    },
  })
}

/**
 * A function that makes calls which are given as data: for the option `callApi` of a webhook.
 *
 * @example
 * createWebhook({ secretToken, handler, callApi: callerOf(createApi(process.env.BOT_TOKEN!)) })
 */
export function callerOf(api: Api): (call: WebhookReply) => Promise<unknown> {
  const calls = api as unknown as Readonly<Record<string, Call>>
  return ({ method, ...parameters }) => calls[method]!(parameters)
}
