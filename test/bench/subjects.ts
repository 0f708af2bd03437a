/** One server of the benchmark: a framework with a webhook in it. */
export interface Subject {
  readonly framework: Framework
  readonly name: SubjectName
  /** The most CPU time it may take, as a part of what the bare framework takes. */
  readonly target?: number
  /** What it is hoped to take. */
  readonly aim?: number
}

export type Framework = "express" | "koa" | "fastify" | "http"

/** `bare` is the framework with its own body parser and a secret check by hand: what the others are measured against. */
type SubjectName = "bare" | "hookgram" | "fast lane" | "grammy" | "telegraf"

/** The bare framework comes first in each. */
export const subjects: Readonly<Record<Framework, readonly Subject[]>> = {
  express: [
    { framework: "express", name: "bare" },
    { framework: "express", name: "hookgram", target: 0.9, aim: 0.75 },
    { framework: "express", name: "fast lane", target: 0.3 },
    { framework: "express", name: "grammy" },
    { framework: "express", name: "telegraf" },
  ],
  koa: [
    { framework: "koa", name: "bare" },
    { framework: "koa", name: "hookgram", target: 0.85, aim: 0.75 },
    { framework: "koa", name: "fast lane", target: 0.7 },
    { framework: "koa", name: "grammy" },
  ],
  fastify: [
    { framework: "fastify", name: "bare" },
    { framework: "fastify", name: "hookgram", target: 1, aim: 0.92 },
    { framework: "fastify", name: "grammy" },
  ],
  http: [
    { framework: "http", name: "bare" },
    { framework: "http", name: "hookgram", target: 1.05 },
    { framework: "http", name: "grammy" },
    { framework: "http", name: "telegraf" },
  ],
}

/** Targets that hold for Hookgram on every framework. */
export const memoryTargets = {
  /** KiB that survive a young collection, per request. Express as middleware is excepted: it is Express's own. */
  survived: 0.2,
  /** MiB of heap after the run, more than the bare framework. */
  heap: 5,
} as const
