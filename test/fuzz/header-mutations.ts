import { type Draft, type Mutation, headerOf, removeHeader, secretToken, setHeader } from "./draft.ts"
import { contentTypes, extras, harmlessExtras, lengths } from "./header-values.ts"
import type { Random } from "./random.ts"

const SECRET = "X-Telegram-Bot-Api-Secret-Token"

/** Values that the secret's header must not open the door with. */
const wrongSecrets: readonly ((random: Random) => string)[] = [
  () => "",
  () => "wrong",
  () => secretToken.slice(0, -1),
  () => secretToken.slice(1),
  () => secretToken.toLowerCase(),
  () => secretToken.toUpperCase(),
  () => `${secretToken.slice(0, -1)}2`,
  () => "é".repeat(secretToken.length),
  () => "\0".repeat(secretToken.length),
  () => "x".repeat(5000),
  (random) => random.bytes(secretToken.length).toString("latin1"),
  (random) => scattered(secretToken, random),
]

function scattered(text: string, random: Random): string {
  return [...text].map((letter) => (random.chance(0.5) ? letter.toUpperCase() : letter.toLowerCase())).join("")
}

function somewhere(draft: Draft, random: Random): number {
  return random.below(draft.headers.length + 1)
}

function add(draft: Draft, random: Random, [name, value]: readonly [name: string, value: string]): void {
  draft.headers.splice(somewhere(draft, random), 0, { name, value })
}

export const headerMutations: readonly Mutation[] = [
  {
    name: "names in another case",
    harmless: true,
    apply: (draft, random) => draft.headers.forEach((header) => (header.name = scattered(header.name, random))),
  },
  {
    name: "another order",
    harmless: true,
    apply: (draft, random) => (draft.headers = draft.headers.toSorted(() => random.next() - 0.5)),
  },
  {
    name: "a header that means nothing here",
    harmless: true,
    apply: (draft, random) => add(draft, random, random.pick(harmlessExtras)),
  },
  {
    name: "white space around a value",
    harmless: true,
    apply: ({ headers }, random) =>
      pad(
        headers.filter(({ name, value }) => value !== undefined && name.toLowerCase() !== "transfer-encoding"),
        random,
      ),
  },
  { name: "a header that means something", apply: (draft, random) => add(draft, random, random.pick(extras)) },
  {
    name: "a header twice",
    apply: (draft, random) =>
      draft.headers.length > 0 && draft.headers.splice(somewhere(draft, random), 0, { ...random.pick(draft.headers) }),
  },
  { name: "a header less", apply: (draft, random) => draft.headers.splice(random.below(draft.headers.length), 1) },
  { name: "no headers", apply: (draft) => (draft.headers = []) },
  { name: "wrong secret", apply: (draft, random) => setHeader(draft, SECRET, random.pick(wrongSecrets)(random)) },
  { name: "no secret", apply: (draft) => removeHeader(draft, SECRET.toLowerCase()) },
  {
    name: "right and wrong secret",
    apply: (draft, random) =>
      draft.headers.splice(somewhere(draft, random), 0, {
        name: scattered(SECRET, random),
        value: random.pick(wrongSecrets)(random),
      }),
  },
  {
    name: "secret in a list",
    apply: (draft, random) =>
      setHeader(
        draft,
        SECRET,
        random.pick([`${secretToken}, x`, `x,${secretToken}`, `${secretToken},`, `${secretToken} ${secretToken}`]),
      ),
  },
  { name: "content type", apply: (draft, random) => setHeader(draft, "Content-Type", random.pick(contentTypes)) },
  { name: "content length", apply: (draft, random) => setHeader(draft, "Content-Length", random.pick(lengths)) },
  {
    name: "garbage in a value",
    apply: (draft, random) =>
      insertInto(draft, random, "value", random.bytes(random.between(1, 12)).toString("latin1")),
  },
  {
    name: "garbage in a name",
    apply: (draft, random) => insertInto(draft, random, "name", random.bytes(random.between(1, 4)).toString("latin1")),
  },
  {
    name: "folded line",
    apply: (draft, random) => insertInto(draft, random, "value", random.pick(["\r\n ", "\n\t", "\r", "\n", "\r\n"])),
  },
  {
    name: "space in a name",
    apply: (draft, random) => insertInto(draft, random, "name", random.pick([" ", "\t", ":", "\0", "("])),
  },
  {
    name: "huge value",
    apply: (draft, random) => add(draft, random, ["X-Huge", "h".repeat(random.between(4000, 20_000))]),
  },
  {
    name: "many headers",
    apply: (draft, random) =>
      draft.headers.push(
        ...Array.from({ length: random.between(100, 2500) }, (_, index) => ({ name: `X-${index}`, value: "" })),
      ),
  },
  {
    name: "many secrets",
    apply: (draft, random) =>
      draft.headers.push(
        ...Array.from({ length: random.between(2, 300) }, () => ({ name: SECRET, value: secretToken })),
      ),
  },
]

function pad(headers: readonly { value?: string | undefined }[], random: Random): void {
  for (const header of headers)
    header.value = `${random.pick(["", " ", "\t", "  \t "])}${header.value}${random.pick(["", " ", "\t "])}`
}

function insertInto(draft: Draft, random: Random, part: "name" | "value", text: string): void {
  if (draft.headers.length === 0) return
  const header = random.chance(0.3)
    ? (headerOf(draft, SECRET.toLowerCase()) ?? random.pick(draft.headers))
    : random.pick(draft.headers)
  const old = header[part] ?? String(draft.body.length)
  const at = random.below(old.length + 1)
  header[part] = old.slice(0, at) + text + old.slice(at)
}
