import type { Message } from "@grammyjs/types"
import { expect, test } from "vitest"
import { ana, Scene, upload } from "./scene.ts"

const to = { chat_id: ana.id }

test("sendPhoto takes an upload, and offers it in several sizes; the caption loses its markup", () => {
  const scene = new Scene()
  const files = { photo: upload("cat.png", "image/png", "a picture") }
  const message = scene.call(
    "sendPhoto",
    { ...to, caption: "a **cat**", parse_mode: "Markdown", has_spoiler: true },
    files,
  )
  expect(message.photo?.map(({ width, height }) => [width, height])).toEqual([
    [90, 68],
    [320, 240],
    [800, 600],
    [1280, 960],
  ])
  expect(message).toMatchObject({ caption: "a cat", has_media_spoiler: true })
  const file = scene.world.files.byId(message.photo?.at(-1)?.file_id ?? "")
  expect(file).toMatchObject({ name: "cat.png", type: "image/png", bytes: Buffer.from("a picture") })
})

test.each([
  ["sendAudio", "audio", { performer: "Ana", title: "Song", duration: 200 }],
  ["sendDocument", "document", {}],
  ["sendVideo", "video", { width: 640, height: 480, duration: 9 }],
  ["sendAnimation", "animation", { width: 320, height: 240, duration: 2 }],
  ["sendVoice", "voice", { duration: 4 }],
  ["sendVideoNote", "video_note", { length: 200, duration: 6 }],
  ["sendSticker", "sticker", { emoji: "👍" }],
] as const)(
  "%s tells of the file what the bot told, also when it is sent again by its file_id",
  (method, field, details) => {
    const scene = new Scene()
    const files = { up: upload("file.bin", "application/x-test", "12345") }
    const message: Message = scene.call(method, { ...to, [field]: "attach://up", ...details }, files)
    const file = { file_id: expect.any(String) as string, file_unique_id: expect.any(String) as string, file_size: 5 }
    expect(message[field]).toMatchObject({ ...details, ...file })
    const again: Message = scene.call(method, { ...to, [field]: message[field]?.file_id })
    expect(again[field]).toEqual(message[field])
    expect(scene.fails(method, to)).toBe(`400 Bad Request: there is no ${field.replace("_", " ")} in the request`)
  },
)

test("the sizes of a photo keep its shape, if the file is a picture", () => {
  const scene = new Scene()
  const size = (start: Buffer) => {
    const bytes = Buffer.concat([start, Buffer.alloc(64)])
    const { photo } = scene.call("sendPhoto", to, { photo: { name: "p", type: "image/png", bytes } })
    return [photo?.at(-1)?.width, photo?.at(-1)?.height]
  }
  expect(size(Buffer.from("89504e470d0a1a0a0000000d49484452000001f4000000fa", "hex"))).toEqual([500, 250])
  expect(size(Buffer.from("474946383961c8006400", "hex"))).toEqual([200, 100])
  expect(size(Buffer.from("ffd8ffe000044a46ffc0001108009600c803", "hex"))).toEqual([200, 150])
  expect(size(Buffer.from("5249464600000000574542505650384c000000002fc7c01200", "hex"))).toEqual([200, 76])
  expect(size(Buffer.from("89504e470d0a1a0a0000000d4948445200000a0000000500", "hex"))).toEqual([1280, 640])
  expect(size(Buffer.from("ffd8ff"))).toEqual([1280, 960])
})

test("a name and a media type are told of the files that have them", () => {
  const scene = new Scene()
  const files = { document: upload("plan.pdf", "application/pdf"), thumbnail: upload("t.jpg", "image/jpeg") }
  const { document } = scene.call("sendDocument", to, files)
  expect(document).toMatchObject({ file_name: "plan.pdf", mime_type: "application/pdf", thumbnail: { width: 320 } })
  const animation = scene.call("sendAnimation", to, { animation: upload("a.mp4", "video/mp4") })
  expect(animation.document?.file_id).toBe(animation.animation?.file_id)
})

test("an address is recorded as a file, and not fetched", () => {
  const scene = new Scene()
  const { document } = scene.call("sendDocument", { ...to, document: "https://example.com/files/plan.pdf?v=2" })
  expect(document?.file_name).toBe("plan.pdf")
  const file = scene.ask("getFile", { file_id: document?.file_id })
  expect(file.file_path).toMatch(/^documents\/.*\.pdf$/)
})

test.each([
  ["sendPhoto", { photo: "ftp://example.com/a.jpg" }, "invalid file HTTP URL specified: Unsupported URL protocol"],
  ["sendPhoto", { photo: "no file" }, "wrong remote file identifier specified: Wrong character in the string"],
  ["sendPhoto", { photo: "AgACAg" }, "wrong remote file identifier specified: can't unserialize it. Wrong last symbol"],
  ["sendPhoto", { photo: "attach://none" }, "there is no photo in the request"],
  ["getFile", {}, "file_id not specified"],
  ["getFile", { file_id: "AgACAg" }, "invalid file_id"],
  ["getUserProfilePhotos", { user_id: "x" }, "invalid user_id specified"],
  ["getUserProfilePhotos", { user_id: 77 }, "user not found"],
])("%s with %j fails as on Telegram", (method, given, reason) => {
  expect(new Scene().fails(method, { ...to, ...given })).toBe(`400 Bad Request: ${reason}`)
})

test("a file is not sent as what it is not", () => {
  const scene = new Scene()
  const { document } = scene.call("sendDocument", to, { document: upload("a.txt", "text/plain") })
  expect(scene.fails("sendPhoto", { ...to, photo: document?.file_id })).toBe(
    "400 Bad Request: can't use file of type Document as Photo",
  )
})

test("a caption has at most 1024 characters", () => {
  const photo = "https://example.com/a.jpg"
  expect(new Scene().fails("sendPhoto", { ...to, photo, caption: "x".repeat(1025) })).toBe(
    "400 Bad Request: message caption is too long",
  )
})

test("sendMediaGroup sends an album: one message each, of one group", () => {
  const scene = new Scene()
  const media = [
    { type: "photo", media: "attach://one", caption: "<u>both</u>", parse_mode: "HTML" },
    { type: "video", media: "https://example.com/b.mp4", duration: 3 },
  ]
  const files = { one: upload("one.jpg", "image/jpeg") }
  const messages: Message[] = scene.ask("sendMediaGroup", { ...to, media, reply_markup: { force_reply: true } }, files)
  expect(messages.map((message) => message.message_id)).toEqual([1, 2])
  const [first, second] = messages
  expect(first).toMatchObject({ caption: "both", media_group_id: expect.stringMatching(/^\d+$/) as string })
  expect(second).toMatchObject({ video: { duration: 3 }, media_group_id: first?.media_group_id })
})

const photo = { type: "photo", media: "https://example.com/a.jpg" }

test.each([
  [undefined, 'parameter "media" is required'],
  ["{", "can't parse media JSON object"],
  [{}, "expected an Array of InputMedia"],
  [[], "there are no messages to send"],
  [[photo, 1], "can't parse InputMedia: expected an Object"],
  [[photo, { type: "photo" }], "can't parse InputMedia: media not found"],
  [
    [photo, { ...photo, type: "animation" }],
    "can't parse InputMedia: type \"animation\" can't be used in sendMediaGroup",
  ],
  [[photo, { ...photo, type: "audio" }], "audio can't be mixed with other media types"],
])("sendMediaGroup of %j fails as on Telegram", (media, reason) => {
  expect(new Scene().fails("sendMediaGroup", { ...to, ...(media !== undefined && { media }) })).toBe(
    `400 Bad Request: ${reason}`,
  )
})

test("an album has at most ten messages, and none is sent if one is refused", () => {
  const scene = new Scene()
  expect(scene.fails("sendMediaGroup", { ...to, media: Array.from({ length: 11 }, () => photo) })).toBe(
    "400 Bad Request: too many messages to send as an album",
  )
  expect(scene.chat.messages).toEqual([])
})

test("sendPaidMedia shows its price, and keeps its payload to itself", () => {
  const scene = new Scene()
  const message = scene.call("sendPaidMedia", { ...to, star_count: 5, media: [photo], payload: "p1" })
  expect(message.paid_media).toMatchObject({ star_count: 5, paid_media: [{ type: "photo" }] })
  expect(JSON.stringify(message)).not.toContain("p1")
  expect(scene.chat.posts.get(message.message_id)?.paidMediaPayload).toBe("p1")
  expect(scene.fails("sendPaidMedia", { ...to, media: [photo] })).toBe("400 Bad Request: invalid media price specified")
})
