/** An update's id as it stands in the table: 0 is an empty place, so ids are kept one higher. */
const EMPTY = 0

/**
 * A set of ids (non-negative safe integers) that takes 16 to 32 bytes for each, outside the garbage collector's heap: a
 * hash table with open addressing, grown before it is half full. Nothing is ever removed; the whole set is dropped.
 */
export class IdSet {
  size = 0
  /** Its length is a power of 2. */
  #table: Float64Array = new Float64Array(1024)

  has(id: number): boolean {
    return this.#table[this.#place(id)] !== EMPTY
  }

  add(id: number): void {
    const place = this.#place(id)
    if (this.#table[place] !== EMPTY) return
    this.#table[place] = id + 1
    this.size++
    if (this.size > this.#table.length / 2) this.#grow()
  }

  /** Where the id stands, or the empty place where it would. */
  #place(id: number): number {
    const mask = this.#table.length - 1
    // Ids come in sequence, so their low bits neither collide nor wander about in memory. Should an older sequence lie in
    // the way, an odd step that differs from id to id (Knuth, volume 3, 6.4) leaves it at once.
    let place = id & mask
    for (;;) {
      const found = this.#table[place]
      if (found === EMPTY || found === id + 1) return place
      place = (place + ((Math.imul(id, 0x9e3779b1) >>> 8) | 1)) & mask
    }
  }

  #grow(): void {
    const full = this.#table
    this.#table = new Float64Array(full.length * 2)
    for (const id of full) if (id !== EMPTY) this.#table[this.#place(id - 1)] = id
  }
}
