import { z } from "zod"
import { asciiJson } from "./answer.ts"
import { Cached } from "./cached.ts"
import {
  type HealthApi,
  type HealthReport,
  inTime,
  telegramProblems,
  type TelegramView,
  viewOf,
} from "./health-report.ts"
import { checked } from "./problems.ts"
import type { WebhookResponse } from "./request.ts"
import type { Webhook } from "./webhook.ts"

/** What health is told of. */
export interface HealthOptions {
  /** The webhook, made by `createWebhook`. */
  readonly webhook: Webhook
  /** Asks Telegram for its view of the deliveries; that of `createApi` fits. Without it, that view is left out. */
  readonly api?: HealthApi | undefined
  /**
   * What else has to be there, by name: functions that throw or reject when it is not, such as
   * `{ redis: () => redis.ping() }`. Without it, the process is not ready.
   */
  readonly checks?: Readonly<Record<string, () => unknown>> | undefined
  /**
   * Where it is mounted; `/live` and `/ready` are below it.
   * @default whatever reaches the adapter is for it: what ends in `/live` or `/ready` is that, all else the report
   */
  readonly path?: string | undefined
  /**
   * How long Telegram's view holds before it is asked again, in milliseconds: 1000 to 3 600 000.
   * @default 30_000
   */
  readonly refresh?: number | undefined
}

/** How a receiver is. Made by {@link createHealth}; mounted by an adapter. */
export interface Health {
  /** Looks at everything. Never rejects. */
  check(): Promise<HealthReport>
  /**
   * The answer to a request, or `undefined` where the path is another: below `path`, nothing is the report (200 if healthy,
   * else 503), `/ready` whether requests should be sent here (200 or 503), `/live` 200.
   */
  respond(method: string, target: string | undefined): Promise<WebhookResponse> | undefined
}

/** How long the answer of a store and the like holds, in milliseconds: those who probe may be many. */
const FRESHNESS = 1000

const schema = z.strictObject({
  webhook: z.custom<Webhook>(
    (value) => typeof (value as Webhook)?.ping === "function",
    "must be made by createWebhook",
  ),
  api: z
    .custom<HealthApi>(
      (value) => typeof (value as HealthApi)?.getWebhookInfo === "function",
      "must be made by createApi",
    )
    .optional(),
  checks: z
    .record(
      z.string(),
      z.custom<() => unknown>((value) => typeof value === "function", "must be a function"),
      {
        error: "must be functions by name",
      },
    )
    .default({}),
  path: z
    .string({ error: "must be a path such as /health" })
    .regex(/^\/[^?#]*$/, "must begin with a slash and have no query, such as /health")
    .optional(),
  refresh: z
    .number({ error: "must be a number of milliseconds" })
    .min(1000, "must be at least 1000: every refresh is a call of the Bot API")
    .max(3_600_000, "must be at most 3600000, an hour")
    .default(30_000),
})

/**
 * Makes what answers health checks. The adapters' `healthHandler` does this by itself.
 *
 * Load balancers should ask `/ready`, which leaves Telegram's view out: were it in, one failed delivery would take every
 * replica out of service, and the next delivery, with nobody there, would fail for that.
 *
 * @throws HookgramError `invalid_options`, naming every field that is wrong
 * @example
 * const { ready, healthy, problems } = await createHealth({ webhook, api }).check()
 */
export function createHealth(options: HealthOptions): Health {
  return new Checkup(checked("These options of health are wrong", schema.safeParse(options)))
}

class Checkup implements Health {
  readonly #webhook: Webhook
  readonly #path: string | undefined
  /** Errors before it are those of another process. In whole seconds, as Telegram's dates are. */
  readonly #since = new Date(Math.floor(Date.now() / 1000) * 1000)
  /** How old Telegram's view may be, in milliseconds. */
  readonly #freshness: number
  /** Whether what it needs is there, each by its name. */
  readonly #needs: readonly (readonly [name: string, isThere: Cached<boolean>])[]
  readonly #telegram: Cached<TelegramView | undefined> | undefined

  constructor({ webhook, api, checks, path, refresh }: z.output<typeof schema>) {
    this.#webhook = webhook
    this.#path = path?.replace(/\/$/, "")
    this.#freshness = 3 * refresh
    const needs = { "The store of the webhook": () => webhook.ping(), ...checks }
    this.#needs = Object.entries(needs).map(([name, ask]) => [name, new Cached(() => answers(ask), FRESHNESS)])
    if (!api) return
    let view: TelegramView | undefined
    const look = async (): Promise<void> => void (view = viewOf(await inTime(api.getWebhookInfo())))
    this.#telegram = new Cached(
      () =>
        look().then(
          () => view,
          () => view,
        ),
      refresh,
    )
  }

  async check(): Promise<HealthReport> {
    const [problems, telegram] = await Promise.all([this.#obstacles(), this.#telegram?.get()])
    const ready = problems.length === 0
    if (this.#telegram) problems.push(...telegramProblems(telegram, this.#since, this.#freshness))
    return { alive: true, ready, healthy: problems.length === 0, problems, webhook: this.#webhook.status(), telegram }
  }

  respond(method: string, target = ""): Promise<WebhookResponse> | undefined {
    const [path = ""] = target.split(/[?#]/, 1)
    const answer = this.#answers.get(this.#view(path))
    if (!answer) return undefined
    return method === "GET" || method === "HEAD" ? answer() : Promise.resolve(notAllowed)
  }

  /** Which of the answers a path is for. */
  #view(path: string): string | undefined {
    if (this.#path === undefined) return /\/(?:live|ready)$/.exec(path)?.[0] ?? ""
    return path.startsWith(this.#path) ? path.slice(this.#path.length) : undefined
  }

  readonly #answers: ReadonlyMap<string | undefined, () => Promise<WebhookResponse>> = new Map([
    ["", () => this.#report()],
    ["/", () => this.#report()],
    ["/live", async () => json(true, { alive: true })],
    ["/ready", () => this.#readiness()],
  ])

  async #report(): Promise<WebhookResponse> {
    const report = await this.check()
    return json(report.healthy, report)
  }

  async #readiness(): Promise<WebhookResponse> {
    const problems = await this.#obstacles()
    return json(problems.length === 0, { ready: problems.length === 0, problems })
  }

  /** What keeps it from being ready. Why a store fails is in the webhook's events: an error may have a password in it. */
  async #obstacles(): Promise<string[]> {
    if (this.#webhook.status().closing) return ["The webhook is closing"]
    const found = await Promise.all(this.#needs.map(async ([name, isThere]) => ((await isThere.get()) ? [] : [name])))
    return found.flat().map((name) => `${name} cannot be reached`)
  }
}

/** Whether it neither fails nor takes too long. */
async function answers(ask: () => unknown): Promise<boolean> {
  try {
    await inTime(Promise.resolve(ask()))
    return true
  } catch {
    return false
  }
}

const notAllowed: WebhookResponse = { status: 405, headers: { "content-length": "0", allow: "GET, HEAD" } }

function json(isGood: boolean, value: object): WebhookResponse {
  const body = asciiJson(value)
  const headers = {
    "content-type": "application/json",
    "content-length": String(body.length),
    "cache-control": "no-store",
  }
  return { status: isGood ? 200 : 503, headers, body }
}
