import { gzipSync } from "node:zlib"
import { identifiers, members, notUtf8, numbers, tokens, wholes } from "./body-values.ts"
import { type Draft, flipped, type Mutation, recordedBody, spliced } from "./draft.ts"
import type { Random } from "./random.ts"

/** A place where a pattern matches, or `undefined`. */
function findOne(body: Buffer, pattern: RegExp, random: Random): RegExpExecArray | undefined {
  const found = [...body.toString("latin1").matchAll(pattern)]
  return found.length > 0 ? random.pick(found) : undefined
}

/** Puts a text in the place of one match. */
function replaceOne(draft: Draft, random: Random, pattern: RegExp, text: string): void {
  const match = findOne(draft.body, pattern, random)
  if (match) draft.body = spliced(draft.body, match.index, match[0].length, Buffer.from(text))
}

function range(body: Buffer, random: Random): [start: number, end: number] {
  const start = random.below(body.length + 1)
  return [start, random.between(start, Math.min(body.length, start + 200))]
}

function insert(draft: Draft, random: Random, bytes: Buffer): void {
  draft.body = spliced(draft.body, random.below(draft.body.length + 1), 0, bytes)
}

export const bodyMutations: readonly Mutation[] = [
  {
    name: "white space around",
    harmless: true,
    apply: (draft, random) => (draft.body = Buffer.concat([white(random), draft.body, white(random)])),
  },
  { name: "bits flipped", apply: (draft, random) => (draft.body = flipped(draft.body, random)) },
  {
    name: "cut off",
    apply: (draft, random) => (draft.body = draft.body.subarray(0, random.below(draft.body.length + 1))),
  },
  { name: "bytes inserted", apply: (draft, random) => insert(draft, random, random.bytes(random.between(1, 20))) },
  { name: "token inserted", apply: (draft, random) => insert(draft, random, Buffer.from(random.pick(tokens))) },
  { name: "not UTF-8", apply: (draft, random) => insert(draft, random, Buffer.from(random.pick(notUtf8))) },
  {
    name: "not UTF-8 in a text",
    apply: (draft, random) => {
      const match = findOne(draft.body, /[a-z]"[,}]/g, random)
      if (match) draft.body = spliced(draft.body, match.index + 1, 0, Buffer.from(random.pick(notUtf8)))
    },
  },
  {
    name: "range removed",
    apply: (draft, random) => {
      const [start, end] = range(draft.body, random)
      draft.body = spliced(draft.body, start, end - start, Buffer.alloc(0))
    },
  },
  {
    name: "range repeated",
    apply: (draft, random) => insert(draft, random, Buffer.from(draft.body.subarray(...range(draft.body, random)))),
  },
  {
    name: "two recordings spliced",
    apply: (draft, random) => {
      const other = recordedBody(random, random.below(2 ** 31))
      draft.body = Buffer.concat([
        draft.body.subarray(0, random.below(draft.body.length + 1)),
        other.subarray(random.below(other.length + 1)),
      ])
    },
  },
  { name: "number edited", apply: (draft, random) => replaceOne(draft, random, /-?\d+/g, random.pick(numbers)) },
  {
    name: "update_id of a wrong type",
    apply: (draft, random) => replaceOne(draft, random, /(?<="update_id":)\d+/g, random.pick(identifiers)),
  },
  {
    name: "update_id renamed",
    apply: (draft, random) =>
      replaceOne(
        draft,
        random,
        /update_id/g,
        random.pick(["Update_id", "update_ID", "update\\u005fid", "__proto__", "", "update_id "]),
      ),
  },
  {
    name: "member inserted",
    apply: (draft, random) => replaceOne(draft, random, /\{(?=")/g, `{${random.pick(members)},`),
  },
  {
    name: "member at the end",
    apply: (draft, random) => replaceOne(draft, random, /\}$/g, `,${random.pick(members)}}`),
  },
  {
    name: "value replaced",
    apply: (draft, random) => replaceOne(draft, random, /(?<=":)("[^"]*"|-?\d+|true|false)/g, random.pick(identifiers)),
  },
  { name: "nested deeply", apply: (draft, random) => replaceOne(draft, random, /(?<=":)-?\d+/g, nested(random)) },
  { name: "another whole", apply: (draft, random) => (draft.body = Buffer.from(random.pick(wholes))) },
  {
    name: "in a list",
    apply: (draft) => (draft.body = Buffer.concat([Buffer.from("["), draft.body, Buffer.from("]")])),
  },
  { name: "said twice", apply: (draft) => (draft.body = Buffer.concat([draft.body, draft.body])) },
  { name: "as a text", apply: (draft) => (draft.body = Buffer.from(JSON.stringify(draft.body.toString("latin1")))) },
  { name: "as UTF-16", apply: (draft) => (draft.body = Buffer.from(draft.body.toString("latin1"), "utf16le")) },
  { name: "compressed", apply: (draft) => (draft.body = gzipSync(draft.body)) },
  {
    name: "too long",
    apply: (draft, random) =>
      (draft.body = Buffer.concat([draft.body, Buffer.alloc(random.between(60_000, 90_000), " ")])),
  },
]

function white(random: Random): Buffer {
  return Buffer.from(random.pick(["", " ", "\n", "\r\n\t", " ".repeat(1000)]))
}

function nested(random: Random): string {
  const depth = random.between(10, 5000)
  const [open, close] = random.pick([
    ["[", "]"],
    ['{"a":', "}"],
  ] as const)
  return `${open.repeat(depth)}1${random.chance(0.8) ? close.repeat(depth) : ""}`
}
