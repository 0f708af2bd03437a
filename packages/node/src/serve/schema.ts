import { checked, createWebhook, type Handler, HookgramError, type Webhook, type WebhookOptions } from "@hookgram/core"
import { z } from "zod"
import { trustedProxies } from "../forwarded.ts"
import type { ServeApi, ServedBot, ServedConfig, ServeOptions } from "./options.ts"

const text = z.string({ error: "must be a text" }).min(1, "must not be empty")
const pathname = z.string({ error: "must be a path" }).regex(/^\/[^?#]*$/, "must begin with a slash and have no query")
const flag = z.boolean({ error: "must be true or false" })
const pem = z.union([text, z.instanceof(Uint8Array)], { error: "must be the path of a PEM file, or the PEM itself" })

/** Another library's bot has no `allowedUpdates`, and its `api` takes other parameters. */
function isServedBot(value: unknown): boolean {
  const { handleUpdate, api, allowedUpdates } = (value ?? {}) as Partial<ServedBot>
  return typeof handleUpdate === "function" && isServeApi(api) && Array.isArray(allowedUpdates)
}

function isServeApi(value: unknown): boolean {
  return typeof (value as Partial<ServeApi> | null | undefined)?.getWebhookInfo === "function"
}

const schema = z.object({
  bot: z.custom<ServedBot>(isServedBot, "must be a bot of @hookgram/bot; another one goes into handler").optional(),
  handler: z.custom<Handler>().optional(),
  api: z.custom<ServeApi>(isServeApi, "must be made by createApi of @hookgram/api").optional(),
  webhook: z
    .custom<ServedConfig>((value) => typeof value === "object" && value !== null, "must be a configuration with url")
    .optional(),
  path: pathname.optional(),
  host: text.optional(),
  port: z
    .int({ error: "must be a whole number" })
    .min(0, "must be 0 to 65535")
    .max(65_535, "must be 0 to 65535")
    .optional(),
  socket: text.optional(),
  tls: z.strictObject({ key: pem, cert: pem }, { error: "must have key and cert" }).optional(),
  health: z
    .union([z.literal(false), pathname], { error: "must be a path such as /health, or false" })
    .default("/health"),
  checks: z.custom<ServeOptions["checks"]>().optional(),
  deleteOnStop: flag.default(false),
  signals: flag.default(true),
  drainTimeout: z.number({ error: "must be a number of milliseconds" }).min(0, "must not be negative").default(8000),
  maxConnections: z.int({ error: "must be a whole number" }).min(1, "must be at least 1").default(1000),
  trustedProxies: trustedProxies.optional(),
})

type OwnOptions = Omit<ServeOptions, Exclude<keyof WebhookOptions, "handler">>

type Defaulted = "health" | "deleteOnStop" | "signals" | "drainTimeout" | "maxConnections"

/** Options without fault, with their defaults, and the webhook that was made of the others. */
export interface ResolvedServeOptions
  extends Omit<OwnOptions, "webhook" | "path" | "port" | Defaulted>, Required<Pick<OwnOptions, Defaulted>> {
  readonly webhook: Webhook
  readonly config: ServedConfig | undefined
  readonly path: string
  readonly port: number
  readonly secretToken: string | false
}

/**
 * Checks options, those of the webhook with them.
 *
 * @throws HookgramError `invalid_options`, naming every field that is wrong
 */
export function resolveServeOptions(options: ServeOptions): ResolvedServeOptions {
  const result = schema.safeParse(options)
  const problems = result.success ? conflicts(options) : []
  const webhook = webhookOf(options ?? {}, problems)
  const { webhook: config, path, port, api, ...rest } = checked("These options of serve are wrong", result, problems)
  const [secretToken = false] = [options.secretToken].flat()
  return {
    ...rest,
    webhook: webhook!,
    config,
    api: api ?? rest.bot?.api,
    path: path ?? pathOf(config?.url) ?? "/telegram",
    port: port ?? (rest.tls ? 8443 : 8080),
    secretToken,
  }
}

/** What only shows when options are seen together. */
function conflicts(options: ServeOptions): string[] {
  const { bot, handler, api = bot?.api, webhook, deleteOnStop, socket, host, port, allowedAddresses } = options
  const { path = pathOf(webhook?.url) ?? "/telegram", health = "/health" } = options
  const problems: string[] = []
  if (bot && handler) problems.push("handler: is the bot already: give one of the two")
  if (!api && webhook) problems.push("api: is needed to register the webhook: createApi(token) of @hookgram/api")
  if (!api && deleteOnStop) problems.push("api: is needed to delete the webhook: createApi(token) of @hookgram/api")
  if (webhook && "secretToken" in webhook) problems.push("webhook.secretToken: belongs beside webhook, not into it")
  if (options.tls && webhook?.url?.startsWith("http:"))
    problems.push("webhook.url: must begin with https, as tls is set")
  if (health !== false && ["", "/", "/live", "/ready"].some((below) => path === health.replace(/\/$/, "") + below))
    problems.push(`health: may not have the path of the webhook, ${path}`)
  if (socket !== undefined && (host ?? port) !== undefined) problems.push("socket: takes the place of host and port")
  if (socket !== undefined && allowedAddresses && !options.trustedProxies) {
    problems.push(
      "trustedProxies: is needed, be it [], for allowedAddresses behind a socket, whose peers have no address",
    )
  }
  return problems
}

function pathOf(url: string | undefined): string | undefined {
  return typeof url === "string" && URL.canParse(url) ? new URL(url).pathname : undefined
}

/** Of all options that are not the server's own. */
function webhookOf({ bot, handler, ...options }: Partial<ServeOptions>, problems: string[]): Webhook | undefined {
  const others = Object.entries(options).filter(([name]) => !(name in schema.shape))
  try {
    return createWebhook({ ...Object.fromEntries(others), handler: bot ?? handler } as unknown as WebhookOptions)
  } catch (error) {
    if (!(error instanceof HookgramError)) throw error
    problems.push(
      ...error.message
        .split("\n")
        .slice(1)
        .map((line) => line.trim()),
    )
    return undefined
  }
}
