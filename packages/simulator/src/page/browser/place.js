/** @typedef {{ person?: number, peer?: number }} Place */

/**
 * The person and the chat that were chosen. They stand in the address, so that a reload keeps them.
 *
 * @returns {Place}
 */
export function place() {
  const chosen = new URLSearchParams(location.hash.slice(1))
  const [person, peer] = ["person", "peer"].map((name) => Number(chosen.get(name)) || undefined)
  return { person, peer }
}

/**
 * Chooses another person or chat.
 *
 * @param {Place} change
 */
export function go(change) {
  location.hash = query({ ...place(), ...change })
}

/**
 * Chooses without a way back to where nothing was chosen.
 *
 * @param {Place} change
 */
export function settleAt(change) {
  location.replace(`#${query({ ...place(), ...change })}`)
}

/**
 * @param {Record<string, string | number | undefined>} parameters
 * @returns {string}
 */
export function query(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined)
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
}
