/** One place where the code is broken on purpose. */
export interface Mutant {
  readonly name: string
  readonly file: string
  /** Stands in the file exactly once. */
  readonly find: string
  readonly replace: string
}

export const mutants: readonly Mutant[] = [
  {
    name: "no secret check",
    file: "packages/core/src/verify.ts",
    find: "if (secretToken && ",
    replace: "if (false && secretToken && ",
  },
  {
    name: "no join: a second delivery claims for itself",
    file: "packages/core/src/dispatch.ts",
    find: "if (running) {",
    replace: "if (false && running) {",
  },
  {
    name: "no lane: updates of one chat overlap",
    file: "packages/core/src/dispatch.ts",
    find: "lane = this.#options.lane(update)",
    replace: "lane = undefined",
  },
  {
    name: "no limit before the body",
    file: "packages/core/src/webhook.ts",
    find: "< concurrency + queueLimit) return",
    replace: "< Infinity + concurrency + queueLimit) return",
  },
  {
    name: "no queue limit",
    file: "packages/core/src/dispatch.ts",
    find: "(waiting < queueLimit ||",
    replace: "(true ||",
  },
  {
    name: "no release after a failure",
    file: "packages/core/src/process.ts",
    find: 'await this.#claims.release(run)\n    return { result: "failed", error, retryAfter }',
    replace: 'return { result: "failed", error, retryAfter }',
  },
  {
    name: "no lease: a claim is never renewed",
    file: "packages/core/src/claims.ts",
    find: "if (run.isKept) return",
    replace: "return",
  },
  {
    name: "no lease: a claim never ends",
    file: "packages/core/src/memory-dedup.ts",
    find: "other.until > now",
    replace: "other.until > 0",
  },
  {
    name: "no owner: a late owner completes another's claim",
    file: "packages/core/src/memory-dedup.ts",
    find: "return claim?.owner === owner ? claim : undefined",
    replace: "return claim",
  },
  {
    name: "a success is not remembered",
    file: "packages/core/src/memory-dedup.ts",
    find: "this.#young.done.add(id)",
    replace: "void id",
  },
  {
    name: "a 200 is promised at the deadline without a claim",
    file: "packages/core/src/dispatch.ts",
    find: "promises && run.mayPromise",
    replace: "promises",
  },
  {
    name: "a failure after the answer is forgotten",
    file: "packages/core/src/process.ts",
    find: "if (run.acknowledged || exhausted",
    replace: "if (exhausted",
  },
  {
    name: "detach keeps the lane",
    file: "packages/core/src/process.ts",
    find: 'this.acknowledge(run, "detach")\n    this.#lanes.leave(run)',
    replace: 'this.acknowledge(run, "detach")',
  },
  {
    name: "a reply is sent on every joined delivery",
    file: "packages/core/src/run.ts",
    find: "index === 0 ? outcome : withoutReply(outcome)",
    replace: "outcome",
  },
  {
    name: "Retry-After may outlive the update",
    file: "packages/core/src/answer.ts",
    find: "Math.min(seconds, longestWait(update))",
    replace: "seconds",
  },
  {
    name: "no limit while a body is read",
    file: "packages/node/src/body.ts",
    find: "this.#size > this.#limits.bytes",
    replace: "this.#size > Infinity",
  },
  {
    name: "no time limit while a body is read",
    file: "packages/node/src/body.ts",
    find: "this.#limits.timeouts.start(this)",
    replace: "void this",
  },
  {
    name: "a character split across packets is broken",
    file: "packages/node/src/body.ts",
    find: "(rest.length === 0 ? first : Buffer.concat(this.#chunks)).toString()",
    replace: 'this.#chunks.map(String).join("")',
  },
]
