/** Cases of the contract, by id, that a mount cannot do, each with the reason. */
export type Cannot = Readonly<Record<string, string>>

function cannot(reason: string, ids: readonly string[]): Cannot {
  return Object.fromEntries(ids.map((id) => [id, reason]))
}

/** Any parser in front. It should be given a limit above the 512 KiB of Telegram's largest update (facts, 1.2). */
const behindParser: Cannot = {
  ...cannot("the parser in front waits for the whole body before the webhook sees the request", [
    "rejection-before-body",
    "method-before-body",
    "busy-before-body",
    "busy-endless-body",
    "busy-while-reading",
    "body-timeout",
    "body-aborted-seen",
  ]),
  ...cannot("the parser in front has its own limit and its own answer", [
    "body-limit-chunked",
    "body-2-mib-declared",
    "body-2-mib-chunked",
  ]),
}

/** A parser in front that takes JSON objects and arrays only. */
export const behindJsonParser: Cannot = {
  ...behindParser,
  ...cannot("the parser in front refuses what is no JSON object or array, with its own answer", [
    "invalid-json",
    "private-invalid-json",
  ]),
}

export const behindKoaParser: Cannot = {
  ...behindJsonParser,
  ...cannot("@koa/bodyparser refuses a body with __proto__ in it, with its own answer", ["update-prototype-keys"]),
}

const echoes = ["path-echo", "path-echo-between-deliveries"]

/** A parser in front that leaves text or bytes, also to the application's own routes. */
export const behindOtherParser: Cannot = {
  ...behindParser,
  ...cannot("the application has chosen another parser than JSON for all its routes", echoes),
}

export const behindGateway: Cannot = {
  ...cannot("a function is called when the whole body has arrived", [
    "rejection-before-body",
    "method-before-body",
    "busy-before-body",
    "busy-endless-body",
    "busy-while-reading",
    "closing-while-reading",
    "body-limit-chunked",
    "body-2-mib-declared",
    "body-2-mib-chunked",
    "body-timeout",
    "body-aborted-seen",
  ]),
  ...cannot("Lambda stops a function at its answer, so that nothing is promised at the deadline", [
    "deadline-acknowledge",
    "deadline-acknowledge-failure",
    "deadline-one-answer",
    "deadline-in-lane",
    "reply-late",
    "signal-quiet",
  ]),
  ...cannot("a function has no application around it", echoes),
}

export const onHonoServer: Cannot = cannot("@hono/node-server refuses a request without Host with its own answer", [
  "framing-http-1.0",
])

export const withoutApplication: Cannot = cannot("there is no application around the webhook", echoes)

export const onPostRoute: Cannot = cannot("the route takes POST alone, and the application answers other methods", [
  "method-not-post",
  "method-before-body",
  "order-method",
])
