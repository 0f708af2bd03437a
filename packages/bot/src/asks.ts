import type { Update } from "@hookgram/core"

/** A question that waits for its answer, as seen by {@link Asks}. */
export interface Question {
  /** The longest that it can be open, in milliseconds: for what would otherwise outlive the process that has asked. */
  readonly lifetime: number
  /**
   * Takes an update as the answer. Resolves with true when whoever has asked has it, and has had the time to ask on; with
   * false when it is not wanted, or another one was here first. What is true of an update stays true, however often it comes.
   */
  take(update: Update): Promise<boolean>
  /** Ends it, because the same person was asked something else. */
  replace(): void
}

type Close = (taken?: Update) => void

/** Where the questions of a bot are known. What fails here has the update come again. */
export interface Asks {
  /**
   * From now on, updates that are offered for this key are for this question, and no longer for another one, which is told
   * that it was replaced.
   *
   * @returns a function that forgets it when it is over, told the update that was taken if one was
   */
  open(key: string, question: Question): Close | Promise<Close>
  /** Resolves with true when a question has taken the update, which then is done. */
  offer(key: string, update: Update): Promise<boolean>
}

/** The questions of one process. */
export function memoryAsks(): Asks {
  const questions = new Map<string, Question>()
  return {
    open: (key, question) => {
      questions.get(key)?.replace()
      questions.set(key, question)
      return () => {
        if (questions.get(key) === question) questions.delete(key)
      }
    },
    offer: async (key, update) => (await questions.get(key)?.take(update)) ?? false,
  }
}
