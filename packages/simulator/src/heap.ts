/** A list of which the least item is always at hand. */
export class Heap<T> {
  readonly #items: T[] = []
  readonly #before: (one: T, other: T) => boolean

  constructor(before: (one: T, other: T) => boolean) {
    this.#before = before
  }

  get size(): number {
    return this.#items.length
  }

  get least(): T | undefined {
    return this.#items[0]
  }

  add(item: T): void {
    let index = this.#items.push(item) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = this.#items[parent] as T
      if (!this.#before(item, above)) break
      this.#items[index] = above
      index = parent
    }
    this.#items[index] = item
  }

  /** Takes the least item off. */
  take(): T | undefined {
    const least = this.#items[0]
    const item = this.#items.pop()
    if (item === undefined || this.#items.length === 0) return least
    let index = 0
    for (;;) {
      let child = index * 2 + 1
      const [left, right] = [this.#items[child], this.#items[child + 1]]
      if (left === undefined) break
      let next = left
      if (right !== undefined && this.#before(right, left)) {
        next = right
        child++
      }
      if (!this.#before(next, item)) break
      this.#items[index] = next
      index = child
    }
    this.#items[index] = item
    return least
  }

  clear(): void {
    this.#items.length = 0
  }
}
