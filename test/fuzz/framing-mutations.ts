import { type Draft, type Mutation, removeHeader, setHeader } from "./draft.ts"
import type { Random } from "./random.ts"

const methods = [
  "GET",
  "HEAD",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
  "TRACE",
  "CONNECT",
  "PURGE",
  "M-SEARCH",
  "PRI",
  "post",
  "Post",
  "FOO",
  "POST\0",
  "",
  " ",
] as const
const versions = [
  "HTTP/1.0",
  "HTTP/0.9",
  "HTTP/2.0",
  "HTTP/1.2",
  "HTTP/9.9",
  "HTTP/1",
  "http/1.1",
  "HTTPS/1.1",
  "ICE/1.0",
  "",
  "HTTP/1.1 ",
  "RTSP/1.0",
] as const
const targets = [
  "/",
  "/telegram/",
  "//telegram",
  "/telegram%",
  "/TELEGRAM",
  "/telegram/../telegram",
  "/%74elegram",
  "/telegram%00",
  "/telegram;x=1",
  "/%ff",
  "/%",
  "*",
  "",
  "telegram",
  "?",
  "#",
  "http://other.example/telegram",
  "http://other.example:99999999/telegram",
  "https://[::1/telegram",
  "http:///telegram",
  "/telegram\u00e9",
  "/tele\tgram",
  "/__proto__",
  "/telegram?__proto__[a]=b",
  "/a?b=%E0%A4%A",
] as const
const chunkSizes = [
  "",
  "g",
  "-1",
  "0x5",
  "ffffffff",
  "fffffffffffffffff",
  "7fffffffffffffff",
  " 5",
  "5 ",
  "5;a=b",
  '5;a="\r\n"',
  `5;${"x".repeat(20_000)}`,
  "00000000000000000005",
  "5\n",
] as const

/** The body in chunks of random sizes. */
function chunks(body: Buffer, random: Random): Buffer[] {
  const parts: Buffer[] = []
  for (let start = 0; start < body.length;) {
    const size = random.between(1, Math.max(1, random.chance(0.5) ? 4000 : 40))
    const part = body.subarray(start, start + size)
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from("\r\n"))
    start += size
  }
  return parts
}

/** Makes the body chunked, with a change of the chunks on the way. */
function chunked(change: (parts: Buffer[], random: Random) => Buffer[]): Mutation["apply"] {
  return (draft, random) => {
    removeHeader(draft, "content-length")
    setHeader(draft, "Transfer-Encoding", "chunked")
    draft.frame = (body) => Buffer.concat(change(chunks(body, random), random))
  }
}

const last = Buffer.from("0\r\n\r\n")

function place(parts: readonly Buffer[], random: Random, kind: 0 | 1 | 2): number {
  return random.below(Math.max(1, Math.floor(parts.length / 3))) * 3 + kind
}

function replaced(parts: readonly Buffer[], index: number, text: string): Buffer[] {
  return parts.map((part, each) => (each === index ? Buffer.from(text) : part))
}

export const framingMutations: readonly Mutation[] = [
  { name: "chunked", harmless: true, apply: chunked((parts) => [...parts, last]) },
  {
    name: "chunked with trailers",
    harmless: true,
    apply: chunked((parts) => [...parts, Buffer.from("0\r\nX-Trailer: 1\r\n\r\n")]),
  },
  {
    name: "chunked, secret in the trailers",
    apply: chunked((parts) => [
      ...parts,
      Buffer.from("0\r\nX-Telegram-Bot-Api-Secret-Token: x\r\nContent-Length: 1\r\n\r\n"),
    ]),
  },
  { name: "chunked, no last chunk", apply: chunked((parts) => parts) },
  {
    name: "chunked, cut off in a chunk",
    apply: chunked((parts, random) => [...parts.slice(0, place(parts, random, 1)), Buffer.from("x")]),
  },
  {
    name: "chunked, wrong size",
    apply: chunked((parts, random) => [
      ...replaced(parts, place(parts, random, 0), `${random.pick(chunkSizes)}\r\n`),
      last,
    ]),
  },
  {
    name: "chunked, size off by some",
    apply: chunked((parts, random) => [
      ...replaced(parts, place(parts, random, 0), `${random.below(64).toString(16)}\r\n`),
      last,
    ]),
  },
  {
    name: "chunked, line end missing",
    apply: chunked((parts, random) => [
      ...replaced(parts, place(parts, random, 2), random.pick(["", "\n", "\r", "\n\r"])),
      last,
    ]),
  },
  {
    name: "chunked, too long",
    apply: chunked((parts) => [
      ...parts,
      Buffer.from("11170\r\n"),
      Buffer.alloc(70_000, " "),
      Buffer.from("\r\n"),
      last,
    ]),
  },
  {
    name: "chunked and a length",
    apply: (draft, random) => {
      chunked((parts) => [...parts, last])(draft, random)
      draft.headers.push({ name: "Content-Length", value: String(random.pick([0, 4, draft.body.length])) })
    },
  },
  {
    name: "length too large",
    apply: (draft, random) => setHeader(draft, "Content-Length", String(draft.body.length + random.between(1, 300))),
  },
  {
    name: "length too small",
    apply: (draft, random) => setHeader(draft, "Content-Length", String(random.below(Math.max(1, draft.body.length)))),
  },
  {
    name: "query on the target",
    harmless: true,
    apply: (draft, random) => (draft.target += random.pick(["?x=1", "?", "?x=%", "?a[b]=c&a=d", "#fragment", "?x#y"])),
  },
  { name: "another target", apply: (draft, random) => (draft.target = random.pick(targets)) },
  { name: "huge target", apply: (draft, random) => (draft.target += `?${"q".repeat(random.between(1000, 20_000))}`) },
  { name: "another method", apply: (draft, random) => (draft.method = random.pick(methods)) },
  { name: "another version", apply: (draft, random) => (draft.version = random.pick(versions)) },
  { name: "HTTP/1.0", apply: http10 },
  { name: "bare line feeds", apply: (draft) => (draft.lineEnd = "\n") },
  {
    name: "odd line ends",
    apply: (draft, random) => (draft.lineEnd = random.pick(["\r", "\r\r\n", "\n\r", "\r\n\r\n", " \r\n", "\0\r\n"])),
  },
]

function http10(draft: Draft, random: Random): void {
  draft.version = "HTTP/1.0"
  if (random.chance(0.5)) removeHeader(draft, "connection")
}
