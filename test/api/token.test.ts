import { inspect } from "node:util"
import { type Api, createApi } from "@hookgram/api"
import { expect, test } from "vitest"
import { cut, refused, rejection, secret, serverSaying, silent, token } from "./server.ts"

/** All that can be seen of a value, also of what is hidden deep in it. */
function seenOf(value: unknown): string {
  const causes: unknown[] = []
  for (let one = value; one instanceof Error && causes.length < 9; one = one.cause) {
    causes.push(one.message, one.stack, one.name, String(one), Object.getOwnPropertyDescriptors(one))
  }
  return inspect([value, causes], { depth: 20, showHidden: true, showProxy: true, getters: true })
}

const failures: [string, () => Promise<Api>][] = [
  ["nobody listens", async () => createApi(token, { baseUrl: "http://127.0.0.1:9", retry: false })],
  ["there is no such host", async () => createApi(token, { baseUrl: "http://nowhere.invalid", retry: false })],
  ["the connection breaks off", async () => at(cut)],
  ["time is over", async () => at(silent)],
  ["Telegram refuses", async () => at(refused(404, `Not Found: /bot${token}/getMe`))],
  ["the page of a proxy shows the address", async () => at((seen, response) => void response.end(seen.url))],
  [
    "fetch itself shows the address",
    async () => createApi(token, { fetch: (url) => fetch(`no://${url}`), retry: false }),
  ],
  [
    "another fetch shows the address, in words, properties and causes",
    async () =>
      createApi(token, {
        retry: false,
        fetch: async (url) => {
          const cause = Object.assign(new Error(`request to ${url} failed`), { input: url, code: url })
          throw Object.assign(new TypeError(`fetch of ${encodeURIComponent(url)} failed`, { cause }), { url })
        },
      }),
  ],
  [
    "what is thrown is no error",
    async () =>
      createApi(token, {
        retry: false,
        fetch: async (url) => {
          // eslint-disable-next-line no-throw-literal, only-throw-error -- somebody does
          throw { url }
        },
      }),
  ],
]

async function at(answer: Parameters<typeof serverSaying>[0]): Promise<Api> {
  return createApi(token, { baseUrl: (await serverSaying(answer)).url, timeout: 100, retry: false })
}

test.each(failures)("no error shows the token: %s", async (_, make) => {
  const api = await make()
  const error = await rejection(api.getMe())
  expect(error).toBeInstanceOf(Error)
  expect(seenOf(error)).not.toContain(secret)
  expect(seenOf(error)).toContain("getMe")
})

test("an error of the connection keeps what is of use: message, code and place", async () => {
  const { cause } = await rejection(createApi(token, { baseUrl: "http://127.0.0.1:9", retry: false }).getMe())
  expect(seenOf(cause)).toMatch(/ECONNREFUSED|bad port/)
  expect((cause as Error).stack).toContain("    at ")
})

test("the api shows no token, however it is looked at", () => {
  const api = createApi(token)
  const { getMe } = api
  expect(`${seenOf(api)}${seenOf(getMe)}${String(getMe)}${JSON.stringify(api)}`).not.toContain(secret)
})
