import { z } from "zod"
import { flag } from "../fields.ts"
import { isAddress } from "./address.ts"
import { readCertificate } from "./certificate.ts"
import type { WebhookConfig, WebhookSettings } from "./config.ts"

const certificate = z
  .union([z.string().min(1), z.instanceof(Uint8Array)], { error: "must be the path of a PEM file, or the PEM itself" })
  .transform(async (source, context): Promise<string> => {
    const { pem, problem } = await readCertificate(source)
    if (pem !== undefined) return pem
    context.addIssue(problem)
    return z.NEVER
  })

/** Fields that are right each by itself. */
type CheckedConfig = Omit<WebhookSettings, "secretToken"> &
  Required<Pick<WebhookConfig, "secretToken" | "allowUnknownUpdates" | "local">>

/** Each field by itself, with its default. Unknown ones are refused. */
export const configSchema: z.ZodType<CheckedConfig> = z.strictObject({
  url: z.string({ error: "must be a URL such as https://bot.example.com/telegram" }),
  secretToken: z.custom<string | false>(
    (value) => value === false || (typeof value === "string" && /^[A-Za-z0-9_-]{1,256}$/.test(value)),
    "must be 1 to 256 of A-Z a-z 0-9 _ -, or false to go without",
  ),
  certificate: certificate.optional(),
  ipAddress: z.string({ error: "must be an IPv4 address" }).refine(isAddress, "must be an IPv4 address").optional(),
  maxConnections: z
    .int({ error: "must be a whole number from 1 to 100" })
    .min(1, "must be at least 1")
    .max(100_000, "must be at most 100000, and that only in local mode")
    .default(40),
  allowedUpdates: z.array(z.string(), { error: "must be a list of kinds, such as message" }).default([]),
  allowUnknownUpdates: flag,
  dropPendingUpdates: flag,
  local: flag,
})
