import { z } from "zod"

export const flag: z.ZodDefault<z.ZodBoolean> = z.boolean({ error: "must be true or false" }).default(false)

export const abortSignal: z.ZodType<AbortSignal | undefined> = z
  .instanceof(AbortSignal, { error: "must be an AbortSignal" })
  .optional()

/** Which are the least is for each to say. */
export const milliseconds: z.ZodNumber = z
  .number({ error: "must be a number of milliseconds" })
  .max(2_147_483_647, "must be at most 2147483647, which is what a timer can do")

export function callable<T>(what: string): z.ZodType<T> {
  return z.custom<T>((value) => typeof value === "function", `must be ${what}`)
}
