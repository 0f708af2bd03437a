import { startSimulator, type Simulator } from "@hookgram/simulator"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { act, call } from "./requests.ts"

let telegram: Simulator
let url: string

beforeEach(async () => {
  telegram = await startSimulator()
  url = telegram.url
})
afterEach(() => telegram.close())

describe("the files of the page", () => {
  test("run nothing from elsewhere, are not guessed at, framed or stored", async () => {
    for (const path of ["/", "/main.js", "/page.css", "/icons.svg"]) {
      const { status, headers } = await call(url + path)
      expect(status, path).toBe(200)
      expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "cache-control": "no-store" })
      expect(headers["content-security-policy"]).toMatch(/^default-src 'self';.*frame-ancestors 'none'/)
      expect(headers["content-security-policy"]).not.toMatch(/unsafe|\*/)
    }
  })

  test("hold no script and no style of their own in the HTML", async () => {
    const { body } = await call(url)
    expect(body).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]* src="\/)/)
  })

  test("are only these: nothing else of the package can be had", async () => {
    for (const path of [
      "/page.ts",
      "/tsconfig.json",
      "/../page.ts",
      "/..%2fpage.ts",
      "/%2e%2e/page.ts",
      "/x/main.js",
      "/none.js",
    ]) {
      expect(await call(url + path), path).toMatchObject({ status: 404 })
    }
  })

  test("are asked for by GET", async () => {
    expect(await call(url, { method: "POST" })).toMatchObject({ status: 405 })
    expect(await call(`${url}/actions`)).toMatchObject({ status: 405 })
  })
})

describe("actions", () => {
  test("are JSON, which no form of another page can send", async () => {
    const body = JSON.stringify({ action: "user.create", first_name: "Eve" })
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data",
      "application/jsonp",
    ]) {
      const headers = { "content-type": type }
      expect(await call(`${url}/actions`, { method: "POST", headers, body }), type).toMatchObject({ status: 415 })
    }
    expect(telegram.world.users.size).toBe(1)
  })

  test("say what is wrong with them", async () => {
    const { id } = telegram.user("Ana")
    expect(await act(url, [])).toMatchObject({ status: 400, error: "not a JSON object" })
    expect(await act(url, {})).toMatchObject({ status: 400, error: '"action" must be a text.' })
    expect(await act(url, { action: "send" })).toMatchObject({ status: 400, error: '"person" must be a whole number.' })
    expect(await act(url, { action: "send", person: 1 })).toMatchObject({
      status: 404,
      error: "There is no such person.",
    })
    expect(await act(url, { action: "constructor", person: id })).toMatchObject({ status: 400 })
    expect(await act(url, { action: "send", person: id, peer: -5, text: "a" })).toMatchObject({ status: 404 })
    expect(
      await act(url, { action: "edit", person: id, peer: telegram.bot.id, message_id: 9, text: "a" }),
    ).toMatchObject({
      status: 400,
      error: "There is no message 9 in this chat of Ana.",
    })
  })

  test("make people and chats, and write, edit, react and delete in them", async () => {
    const { id: person } = await act(url, { action: "user.create", first_name: "Ana", username: "ana" })
    expect(telegram.world.users.get(Number(person))).toMatchObject({ first_name: "Ana", username: "ana" })
    for (const type of ["group", "supergroup", "channel"]) {
      const { id: peer } = await act(url, { action: "chat.create", person, title: "Team", type })
      const chat = telegram.world.chats.get(Number(peer))
      expect(chat).toMatchObject({ type, traits: { title: "Team" } })
      const place = { person, peer }
      const { message_id } = await act(url, { action: "send", ...place, text: "hi" })
      await act(url, { action: "edit", ...place, message_id, text: "ho" })
      await act(url, { action: "react", ...place, message_id, emoji: ["👍"] })
      const { body } = await call(`${url}/state?person=${person}&peer=${peer}`)
      expect(JSON.parse(body).messages.at(-1)).toMatchObject({
        message: { text: "ho" },
        reactions: { "👍": [expect.any(Number)] },
      })
      await act(url, { action: "delete", ...place, message_id })
      expect(chat?.messages.some(({ message_id: id }) => id === message_id)).toBe(false)
    }
  })

  test("press the button of a row and column, also where two have the same text", async () => {
    const ana = telegram.user("Ana")
    const place = { person: ana.id, peer: telegram.bot.id }
    const row = [
      { text: "Yes", callback_data: "1" },
      { text: "Yes", callback_data: "2" },
    ]
    const reply_markup = { inline_keyboard: [row] }
    const { bot } = telegram
    const { id } = telegram.world.post(ana.chat, { user: bot.user, bot }, { text: "Sure?", reply_markup })
    const pressed = await act(url, { action: "press", ...place, message_id: id, row: 0, column: 1 })
    expect(pressed).toEqual({ status: 200, query: expect.stringMatching(/^\d+$/) })
    expect(bot.updates.from(0, 9).at(-1)?.text).toContain('"data":"2"')
    expect(await act(url, { action: "press", ...place, message_id: id, row: 1, column: 0 })).toMatchObject({
      status: 404,
    })
  })
})

describe("files", () => {
  const send = async (name: string, type: string): Promise<string> => {
    const ana = telegram.user("Ana")
    const data = Buffer.from("<script>alert(1)</script>").toString("base64")
    await act(url, { action: "sendFile", person: ana.id, peer: telegram.bot.id, name, type, data })
    const { photo, document } = ana.messages.at(-1)!
    return photo?.at(-1)?.file_id ?? document!.file_id
  }

  test("are given back as they were sent, pictures to be seen in the page", async () => {
    const { headers, body } = await call(`${url}/files/${await send("cat.png", "image/png")}`)
    expect(body).toBe("<script>alert(1)</script>")
    expect(headers).toMatchObject({ "content-type": "image/png", "x-content-type-options": "nosniff" })
    expect(headers["content-disposition"]).toMatch(/^inline/)
  })

  test.each(["text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/pdf", "text/javascript"])(
    "%s is only ever saved, never shown",
    async (type) => {
      const { headers } = await call(`${url}/files/${await send('a";\r\nX: "é.html', type)}`)
      expect(headers["content-type"]).toBe("application/octet-stream")
      expect(headers["content-disposition"]).toBe("attachment; filename*=UTF-8''a%22%3B%0D%0AX%3A%20%22%C3%A9.html")
      expect(headers["content-security-policy"]).toBe("default-src 'none'; sandbox")
    },
  )

  test("that do not exist are not found", async () => {
    expect(await call(`${url}/files/none`)).toMatchObject({ status: 404 })
    expect(await call(`${url}/files/%zz`)).toMatchObject({ status: 404 })
  })
})

test("a request that is no address of the page, or that is too large, is refused", async () => {
  for (const path of ["//", "/?", "/state?person=x&peer=-", "/events/", "/%"]) {
    const { status } = await call(url, { path })
    expect(status, path).toBe(path.startsWith("/?") || path.startsWith("/state") ? 200 : 404)
  }
  const headers = { "content-type": "application/json", "content-length": 2 ** 30 }
  expect(await call(`${url}/actions`, { method: "POST", headers, body: "{" })).toMatchObject({ status: 413 })
})

test("an answer to a message of a topic is in the topic", async () => {
  const ana = telegram.user("Ana")
  const group = telegram.group("Forum", { owner: ana, forum: true })
  const topic = await group.createTopic("Plans")
  const { message_id } = await ana.in(group).inTopic(topic).send("first")
  await act(url, { action: "send", person: ana.id, peer: group.chat.id, text: "second", reply_to: message_id })
  expect(ana.in(group).messages.at(-1)).toMatchObject({
    text: "second",
    message_thread_id: topic.message_thread_id,
    reply_to_message: { text: "first" },
  })
})
