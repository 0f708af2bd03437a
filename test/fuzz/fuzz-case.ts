import { bodyMutations } from "./body-mutations.ts"
import { bytesOf, draftOf, flipped, type Mutation, spliced } from "./draft.ts"
import { framingMutations } from "./framing-mutations.ts"
import { headerMutations } from "./header-mutations.ts"
import { Random } from "./random.ts"

/** One thing to send to a server. Made from the seed and its index alone, so that it can be made again. */
export interface FuzzCase {
  /** What was done to the recordings, in order. */
  readonly mutations: readonly string[]
  /** The bytes, in the pieces in which they are written. */
  readonly pieces: readonly Buffer[]
  /** What the client does after the last piece: waits for answers, ends its side, or resets the connection. */
  readonly ending: "wait" | "end" | "reset"
  /** How many answers there can be. */
  readonly answers: number
  /** Nothing harmful was done, and no handler fails: every answer has to be 200. */
  readonly good: boolean
  /** One request with true framing: the connection can be used again. */
  readonly reusable: boolean
}

/** How the server's handler treats an update, by the remainder of its id. All others are handled at once. */
export const KINDS = 8
export const FAILS = 0
export const WAITS = 1
export const REPLIES = 2

/** The id of a case's own update. Different from that of every other case. */
function caseId(index: number): number {
  return 1_000_000_000 + index * (KINDS + 1)
}

/** The id of an untouched delivery sent between the cases, which is always handled. */
export function sentinelId(count: number): number {
  return 9_000_000_000_000 + count * KINDS + KINDS - 1
}

interface Part {
  readonly bytes: Buffer
  readonly names: readonly string[]
  readonly harmless: boolean
}

function part(random: Random, updateId: number, groups: readonly (readonly Mutation[])[]): Part {
  const draft = draftOf(random, updateId)
  const mutations = groups.map((group) => random.pick(group))
  for (const mutation of mutations) mutation.apply(draft, random)
  return {
    bytes: bytesOf(draft),
    names: mutations.map(({ name }) => name),
    harmless: mutations.every(({ harmless }) => harmless),
  }
}

const groups = [headerMutations, headerMutations, bodyMutations, bodyMutations, bodyMutations, framingMutations]
const harmlessGroups = [headerMutations, bodyMutations, framingMutations].map((group) =>
  group.filter(({ harmless }) => harmless),
)

/** Between none and three groups to take a mutation of; harmless ones for every fifth request, so that these are met in some number. */
function chooseGroups(random: Random): readonly (readonly Mutation[])[] {
  const choice = random.chance(0.2) ? harmlessGroups : groups
  return Array.from({ length: random.pick([1, 1, 1, 1, 1, 2, 2, 3]) }, () => random.pick(choice))
}

/** The case of that index. */
export function fuzzCase(seed: number, index: number): FuzzCase {
  const random = new Random(seed, index)
  // Now and then the update of a case shortly before: delivered again, or while it runs.
  const source = random.chance(0.08) ? Math.max(0, index - random.between(1, 40)) : index
  const first = part(random, caseId(source), chooseGroups(random))
  const parts = [first]
  const way = random.below(20)
  if (way === 0)
    for (let count = random.between(1, 3); count > 0; count--)
      parts.push(part(random, caseId(index) + 4e9 + count * KINDS, chooseGroups(random)))
  const bytes = Buffer.concat(parts.map((each) => each.bytes))
  const sent = sending(way, bytes, random)
  const fails = caseId(source) % KINDS === FAILS || (parts.length > 1 && caseId(index) % KINDS === FAILS)
  const good = sent.good && parts.every(({ harmless }) => harmless) && !fails
  return {
    mutations: [...parts.flatMap(({ names }, number) => (number === 0 ? names : ["then:", ...names])), ...sent.names],
    pieces: sent.pieces,
    ending: sent.ending,
    answers: parts.length,
    good,
    reusable: good && parts.length === 1,
  }
}

interface Sent extends Pick<FuzzCase, "pieces" | "ending" | "good"> {
  readonly names: readonly string[]
}

/** How the bytes of the request are brought to the server. */
function sending(way: number, bytes: Buffer, random: Random): Sent {
  const wait = { pieces: [bytes], ending: "wait", good: false } as const
  switch (way) {
    case 0:
      return { ...wait, good: true, names: [] }
    case 1:
    case 2:
      return { ...wait, pieces: split(bytes, random), good: true, names: ["in pieces"] }
    case 3:
      return {
        ...wait,
        pieces: [spliced(bytes, random.below(bytes.length + 1), 0, random.bytes(random.between(1, 30)))],
        names: ["bytes into the whole"],
      }
    case 4:
      return { ...wait, pieces: [flipped(bytes, random)], names: ["bits of the whole flipped"] }
    case 5: {
      const ending = random.pick(["end", "reset"] as const)
      return {
        pieces: split(bytes.subarray(0, random.below(bytes.length + 1)), random),
        ending,
        good: false,
        names: [`cut off, then ${ending}`],
      }
    }
    case 6: {
      const ending = random.pick(["end", "reset"] as const)
      return { pieces: [bytes], ending, good: false, names: [`complete, then ${ending}`] }
    }
    case 7:
      return {
        ...wait,
        pieces: [Buffer.concat([bytes, random.bytes(random.between(1, 50))])],
        names: ["extra bytes behind"],
      }
    case 8:
      return {
        ...wait,
        pieces: [Buffer.concat([Buffer.from(random.pick(["\r\n", "\n", "\r\n\r\n", "\0", " "])), bytes])],
        names: ["bytes in front"],
      }
    default:
      return { ...wait, good: true, names: [] }
  }
}

function split(bytes: Buffer, random: Random): Buffer[] {
  const cuts = Array.from({ length: random.between(1, 12) }, () => random.below(bytes.length + 1)).toSorted(
    (one, other) => one - other,
  )
  return [...cuts, bytes.length]
    .map((cut, index) => bytes.subarray(index === 0 ? 0 : cuts[index - 1], cut))
    .filter((piece) => piece.length > 0)
}
