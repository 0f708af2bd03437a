import { secretToken } from "./draft.ts"
import { FAILS, KINDS } from "./fuzz-case.ts"
import type { AnswerNote, Note } from "./messages.ts"

/**
 * Holds every 200 against what the server's process has noted before it: a POST with the one right secret, and an update
 * that is handled. Every 500 against the updates that the handler fails for. And against what the clients have read: no 200 on the wire that the process does not know of.
 */
export class Ledger {
  readonly #done = new Set<number>()
  readonly #noted = new Map<number, number>()
  readonly #read = new Map<number, number>()

  get handled(): number {
    return this.#done.size
  }

  isDone(updateId: number): boolean {
    return this.#done.has(updateId)
  }

  /** Takes a note of the process; gives back what is wrong with it, and the client's port. */
  note(note: Note): { readonly problem: string; readonly port?: number } | undefined {
    if ("fault" in note) return { problem: note.fault }
    if ("done" in note) {
      this.#done.add(note.done)
      return undefined
    }
    const problem = note.status === 200 ? this.#judgeSuccess(note) : judgeFailure(note)
    return problem === undefined ? undefined : { problem, port: note.port }
  }

  #judgeSuccess({ port, method, secrets, updateId }: AnswerNote): string | undefined {
    this.#noted.set(port, (this.#noted.get(port) ?? 0) + 1)
    if (method !== "POST") return `200 for the method ${method}`
    if (secrets.length !== 1 || secrets[0] !== secretToken) return `200 with the secrets ${JSON.stringify(secrets)}`
    if (typeof updateId !== "number" || !this.#done.has(updateId))
      return `200, but update ${JSON.stringify(updateId)} is not handled`
    return undefined
  }

  /** Notes that a client has read a 200. */
  read(port: number): void {
    this.#read.set(port, (this.#read.get(port) ?? 0) + 1)
  }

  /** The ports on which more was read than the process has noted. To be asked when nothing is under way; begins anew. */
  unaccounted(): number[] {
    const ports = [...this.#read].filter(([port, count]) => count > (this.#noted.get(port) ?? 0)).map(([port]) => port)
    this.#read.clear()
    this.#noted.clear()
    return ports
  }
}

/** A 500 says that the handler has failed, and nothing else. What an application says about other targets is its own affair. */
function judgeFailure({ target, updateId }: AnswerNote): string | undefined {
  if (!/^\/telegram([?#]|$)/.test(target)) return undefined
  return typeof updateId === "number" && updateId % KINDS === FAILS
    ? undefined
    : `500, but the handler does not fail for update ${JSON.stringify(updateId)}`
}
