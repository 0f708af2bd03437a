import { type Entity, endOf, sorted } from "./entity.ts"

/** Styles may overlap everything; they are cut so that entities only ever contain one another. */
const styles: ReadonlySet<string> = new Set(["bold", "italic", "underline", "strikethrough", "spoiler"])
const quotations: ReadonlySet<string> = new Set(["blockquote", "expandable_blockquote"])
/** What contains no styles. */
const plain: ReadonlySet<string> = new Set(["pre", "code", "date_time"])

const isStyle = ({ type }: Entity): boolean => styles.has(type)
const isQuotation = ({ type }: Entity): boolean => quotations.has(type)
const within = (a: Entity, b: Entity): boolean => a.offset >= b.offset && endOf(a) <= endOf(b)

/**
 * Entities as Telegram lets them stand together: none is empty; quotations do not overlap; a link, a mention, code and
 * the like overlap nothing of their kind and lie inside a quotation or outside of it; styles of one kind that touch are
 * one, and are cut wherever another entity begins or ends.
 */
export function nest(entities: readonly Entity[]): Entity[] {
  const all = sorted(entities.filter(({ length }) => length > 0))
  const quoted = apart(all.filter(isQuotation))
  const quotationOf = finder(quoted)
  const whole = apart(all.filter((one) => !isStyle(one) && !isQuotation(one))).filter((one) => {
    const quotation = quotationOf(one)
    return !quotation || within(one, quotation)
  })
  const styled = merged(all.filter(isStyle))
  const borders = [...quoted, ...whole].flatMap((one) => [one.offset, endOf(one)])
  const cuts = [...new Set([...borders, ...styled.map(({ offset }) => offset)])].toSorted((a, b) => a - b)
  const plainOf = finder(whole.filter(({ type }) => plain.has(type)))
  const pieces = styled.flatMap((style) => cut(style, cuts)).filter((piece) => !plainOf(piece))
  return sorted([...quoted, ...whole, ...pieces])
}

/** Adds entities that were found in the text where none of the kind, and no code, is yet. */
export function nestFound(entities: readonly Entity[], found: readonly Entity[]): Entity[] {
  const takenBy = finder(entities.filter((one) => !isStyle(one) && !isQuotation(one)))
  return nest([...entities, ...found.filter((one) => !takenBy(one))])
}

/** Of entities that overlap, the first. They are sorted. */
export function apart(entities: readonly Entity[]): Entity[] {
  const kept: Entity[] = []
  for (const one of entities) {
    const last = kept.at(-1)
    if (!last || one.offset >= endOf(last)) kept.push(one)
  }
  return kept
}

/** Finds the first of some entities that overlaps another one. They are sorted and apart. */
function finder(entities: readonly Entity[]): (other: Entity) => Entity | undefined {
  const ends = entities.map(endOf)
  return (other) => {
    const next = entities[countUpTo(ends, other.offset)]
    return next && next.offset < endOf(other) ? next : undefined
  }
}

/** Styles of one kind that touch or overlap become one. They are sorted. */
function merged(entities: readonly Entity[]): Entity[] {
  const result: Entity[] = []
  const newest = new Map<string, Entity>()
  for (const one of entities) {
    const before = newest.get(one.type)
    if (before && one.offset <= endOf(before)) before.length = Math.max(endOf(before), endOf(one)) - before.offset
    else {
      const copy = { ...one }
      newest.set(one.type, copy)
      result.push(copy)
    }
  }
  return result
}

function cut(style: Entity, cuts: readonly number[]): Entity[] {
  const inside = cuts.slice(countUpTo(cuts, style.offset), countUpTo(cuts, endOf(style) - 1))
  const begins = [style.offset, ...inside]
  return begins.map((offset, index) => {
    const end = begins[index + 1] ?? endOf(style)
    return { type: style.type, offset, length: end - offset }
  })
}

/** How many of some numbers in order are not larger than another one. */
export function countUpTo(numbers: readonly number[], limit: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1
    else high = middle
  }
  return low
}
