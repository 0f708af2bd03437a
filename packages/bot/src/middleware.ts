import type { BotContext } from "./context.ts"

/** What runs around the handlers of every update. Without a call of `next`, no handler runs. */
export type Middleware = (context: BotContext, next: () => Promise<void>) => unknown

/** Runs one inside the other, from the first to the last, and the rest inside that. */
export async function runInside(
  [middleware, ...others]: readonly Middleware[],
  context: BotContext,
  rest: () => Promise<void>,
): Promise<void> {
  if (!middleware) return rest()
  let inner: Promise<void> | undefined
  let isOver = false
  const next = (): Promise<void> =>
    (inner ??= runInside(others, context, rest).finally(() => {
      isOver = true
    }))
  try {
    await middleware(context, next)
  } finally {
    if (!isOver) await inner // the update is not done before, also where the middleware does not wait
  }
}
