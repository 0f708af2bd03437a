import { apiMutants } from "./api.ts"
import { botMutants } from "./bot.ts"
import { type Mutant, mutants as receiver } from "./mutants.ts"
import { serverMutants } from "./server.ts"
import { simulatorMutants } from "./simulator.ts"

/** Mutants, and what vitest runs to notice them. */
export interface Suite {
  readonly mutants: readonly Mutant[]
  readonly tests: readonly string[]
  /** How long a test may take, in milliseconds: what a mutant makes hang ends then. */
  readonly testTimeout: number
}

export const suites: Readonly<Record<"receiver" | "simulator" | "api" | "bot" | "server", Suite>> = {
  receiver: {
    mutants: receiver,
    tests: ["test/contract", "test/core", "test/node", "test/delivery", "test/properties"],
    testTimeout: 5000,
  },
  simulator: {
    mutants: simulatorMutants,
    tests: ["test/simulator/delivery", "test/simulator/registration"],
    testTimeout: 5000,
  },
  // Polling is tested with a bot, too.
  api: { mutants: apiMutants, tests: ["test/api", "test/bot/poll"], testTimeout: 10_000 },
  // Those that need Redis add a minute, and another place where questions are kept.
  bot: { mutants: botMutants, tests: ["test/bot", "--exclude=test/bot/redis-*"], testTimeout: 10_000 },
  // Those of idle connections wait for a long time, and no mutant is for them. Others start programs, which takes seconds.
  server: {
    mutants: serverMutants,
    tests: ["test/serve", "test/health", "test/node/forwarded", "--exclude=test/serve/connections*"],
    testTimeout: 15_000,
  },
}
