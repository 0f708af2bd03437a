import type { Mutant } from "./mutants.ts"

const folder = "packages/simulator/src"

/** Places where the simulator is made to deliver otherwise than Telegram does. */
export const simulatorMutants: readonly Mutant[] = [
  {
    name: "simulator: two of a queue in flight",
    file: `${folder}/delivery/queues.ts`,
    find: "if (queue.waiting.length > 1) continue",
    replace: "",
  },
  {
    name: "simulator: more than 2 × max_connections queues",
    file: `${folder}/delivery/webhook-delivery.ts`,
    find: "maxConnections * 2)",
    replace: "maxConnections * 3)",
  },
  {
    name: "simulator: the larger key goes first",
    file: `${folder}/delivery/queues.ts`,
    find: "one.queue.key < other.queue.key",
    replace: "one.queue.key > other.queue.key",
  },
  {
    name: "simulator: the first retry waits",
    file: `${folder}/delivery/retry.ts`,
    find: "if (asked > 0 || first) return asked",
    replace: "if (asked > 0) return asked",
  },
  {
    name: "simulator: no limit to the waits",
    file: `${folder}/delivery/retry.ts`,
    find: "Math.min(random.integer(60, 120), retries.delay * 2)",
    replace: "retries.delay * 2",
  },
  {
    name: "simulator: nothing is dropped at its end",
    file: `${folder}/delivery/webhook-delivery.ts`,
    find: "unixTime(clock) + seconds > loaded.update.expires",
    replace: "false",
  },
  {
    name: "simulator: many connections before the first success",
    file: `${folder}/delivery/connections.ts`,
    find: ": Math.min(queues, 1)",
    replace: ": Math.min(queues, this.#limit)",
  },
  {
    name: "simulator: the connection used last is used next",
    file: `${folder}/delivery/connections.ts`,
    find: "const [connection] = this.#idle",
    replace: "const connection = [...this.#idle].at(-1)",
  },
  {
    name: "simulator: no line feed behind update_id",
    file: `${folder}/delivery/request.ts`,
    find: '"update_id":${id},\\n',
    replace: '"update_id":${id},',
  },
  {
    name: "simulator: 410 for an hour is enough",
    file: `${folder}/delivery/gone.ts`,
    find: "23 * 3_600_000",
    replace: "3_600_000",
  },
  {
    name: "simulator: an answer may ask for getMe",
    file: `${folder}/delivery/reply.ts`,
    find: '&& !name.startsWith("get")',
    replace: "",
  },
  {
    name: "simulator: a failed setWebhook leaves the old one",
    file: `${folder}/registration/registration.ts`,
    find: "    this.delete(drop)\n    const settings = checkRequest(request, strict, () => applyAllowedUpdates(this.#bot, parameters))",
    replace:
      "    const settings = checkRequest(request, strict, () => applyAllowedUpdates(this.#bot, parameters))\n    this.delete(drop)",
  },
  {
    name: "simulator: the clock moves on while a request is unanswered",
    file: `${folder}/clock/virtual.ts`,
    find: "return this.#underWay.hold()",
    replace: "return () => {}",
  },
]
