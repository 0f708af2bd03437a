/* eslint-disable no-control-regex, no-misleading-character-class -- such characters are what is looked for */
import { type Entity, type Parsed, endOf, sorted } from "./entity.ts"
import { countUpTo, nest } from "./nest.ts"
import { Malformed, byteOffset } from "./refusal.ts"

/** What Telegram leaves out of a text: carriage returns, changes of direction, and lines through letters. */
const dropped = /[\r\u2028-\u202e\u0333\u033f\u030a]/g
/** What becomes a space: all control characters but the line feed. */
const blank = /[\u0000-\u0009\u000b-\u001f]/g
/** A run of marks of direction, of which the last is kept. */
const directions = /[\u200e\u200f](?=[\u200e\u200f])/g
/** What a text of nothing else is empty with. */
const invisible =
  /^[ \n\u00a0\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc\u{e0000}-\u{e007f}]*$/u

/**
 * A text as Telegram keeps it, with its entities moved accordingly: without characters that it does not take, and without
 * spaces and line breaks at its ends. At the beginning, those of an entity stay.
 *
 * @throws Malformed if an entity does not lie on characters of the text
 */
export function clean({ text, entities }: Parsed): Parsed {
  for (const { offset, length } of entities) {
    if (offset < 0 || offset > 1_000_000) throw new Malformed(`Receive an entity with incorrect offset ${offset}`)
    if (length < 0 || length > 1_000_000) throw new Malformed(`Receive an entity with incorrect length ${length}`)
  }
  const nested = nest(entities)
  for (const entity of nested) checkPlace(text, entity)

  const holes = [...text.matchAll(dropped)].map(({ index }) => index)
  const place = (index: number) => index - countUpTo(holes, index - 1)
  const moved = nested.map((one) => at(one, place(one.offset), place(endOf(one))))
  const kept = text.replace(dropped, "").replace(blank, " ").replace(directions, "\u200c")
  const { length } = kept.replace(/[ \n]+$/, "")
  const fitting = nest(moved)
    .filter(({ offset }) => offset < length)
    .map((one) => at(one, one.offset, Math.min(endOf(one), length)))
  const first = Math.min(length, ...fitting.map(({ offset }) => offset))
  const begin = /^[ \n]*/.exec(kept.slice(0, first))?.[0].length ?? 0
  const trimmed = kept.slice(begin, length)
  if (invisible.test(trimmed)) return { text: "", entities: [] }
  return { text: trimmed, entities: sorted(fitting.map((one) => at(one, one.offset - begin, endOf(one) - begin))) }
}

function at(entity: Entity, offset: number, end: number): Entity {
  return { ...entity, offset, length: end - offset }
}

function checkPlace(text: string, entity: Entity): void {
  const { offset } = entity
  const end = endOf(entity)
  if (offset > text.length) {
    throw new Malformed(`Entity begins after the end of the text at UTF-16 offset ${offset}`)
  }
  if (isInside(text, offset)) {
    throw new Malformed(`Entity begins in a middle of a UTF-16 symbol at byte offset ${byteOffset(text, offset + 1)}`)
  }
  const beginning = `Entity beginning at UTF-16 offset ${offset} ends`
  if (end > text.length) throw new Malformed(`${beginning} after the end of the text at UTF-16 offset ${end}`)
  if (isInside(text, end)) {
    throw new Malformed(`${beginning} in a middle of a UTF-16 symbol at byte offset ${byteOffset(text, end + 1)}`)
  }
}

/** Whether a place is between the halves of a surrogate pair. */
function isInside(text: string, index: number): boolean {
  return index > 0 && (text.codePointAt(index - 1) ?? 0) > 0xffff
}
