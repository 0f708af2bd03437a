/** An update's id as it stands in the table: 0 is an empty place, so ids are kept one higher. */
const EMPTY = 0

/**
 * A set of ids (non-negative safe integers) that takes 16 to 32 bytes for each, outside the garbage collector's heap: a
 * hash table with open addressing, grown before it is half full. Nothing is ever removed; the whole set is dropped.
 */
export class IdSet {
  size = 0
  /** Its length is 2 to the power of `32 - shift`. */
  #table: Float64Array = new Float64Array(1024)
  #shift = 22

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
    // The high bits of a product spread ids that come in sequence (Knuth, volume 3, 6.4).
    let place = Math.imul(id, 0x9e3779b1) >>> this.#shift
    for (;;) {
      const found = this.#table[place]
      if (found === EMPTY || found === id + 1) return place
      place = (place + 1) & mask
    }
  }

  #grow(): void {
    const full = this.#table
    this.#table = new Float64Array(full.length * 2)
    this.#shift--
    for (const id of full) if (id !== EMPTY) this.#table[this.#place(id - 1)] = id
  }
}
