import type { Explanation } from "./finding.ts"

/** Answers that Telegram took for a failure, as `last_error_message` has them (facts, 3.7). The first that fits counts. */
export const wrongResponses: readonly Explanation[] = [
  {
    text: /^Wrong response from the webhook: 401\b/,
    code: "secret_mismatch",
    cause: "The webhook refuses Telegram: the secret token that Telegram sends is not one that it accepts.",
    fix: "Set the webhook with the secret token that the receiver has; without a store, call ensureWebhook with always: true.",
  },
  {
    text: /^Wrong response from the webhook: 403\b/,
    code: "forbidden",
    cause:
      "Something in front of the webhook refuses Telegram: an address filter, a firewall, a protection against bots.",
    fix: "Let 149.154.160.0/20 and 91.108.4.0/22 through; behind a proxy, tell the framework to trust it.",
  },
  {
    text: /^Wrong response from the webhook: 404\b/,
    code: "path_not_found",
    cause: "The server is there, and nothing answers at the path of the webhook's URL.",
    fix: "Compare the path with the one that the webhook is mounted at, with all prefixes of routers and proxies.",
  },
  {
    text: /^Wrong response from the webhook: 405\b/,
    code: "method_not_allowed",
    cause: "The path is there, and takes no POST.",
    fix: "Mount the webhook for POST, and see that no static files are served at its path.",
  },
  {
    text: /^Wrong response from the webhook: 408\b/,
    code: "body_timeout",
    cause: "The receiver, or a proxy before it, did not get the whole request in its time.",
    fix: "Look at the load of the receiver and at the time limits of the proxy.",
  },
  {
    text: /^Wrong response from the webhook: 410\b/,
    code: "gone",
    cause: "The receiver says that it is gone. After 23 hours of it Telegram removes the webhook.",
    fix: "Never answer 410: answer 503 while the receiver is not ready.",
  },
  {
    text: /^Wrong response from the webhook: 413\b/,
    code: "body_limit",
    cause: "The receiver, or a proxy before it, has a limit for bodies that an update exceeds.",
    fix: "Allow at least 1 MiB, such as client_max_body_size 1m in nginx.",
  },
  {
    text: /^Wrong response from the webhook: 415\b/,
    code: "content_type",
    cause: "The receiver does not take application/json.",
    fix: "Let the webhook see the request as it is, before other middleware.",
  },
  {
    text: /^Wrong response from the webhook: 429\b/,
    code: "rate_limited",
    cause: "The receiver, or what stands before it, limits Telegram's requests.",
    fix: "Take the webhook's path out of the rate limit, and set maxConnections to what the receiver can take.",
  },
  {
    text: /^Wrong response from the webhook: 3\d\d\b/,
    code: "redirect",
    cause: "The URL redirects, and Telegram does not follow.",
    fix: "Set the webhook to the URL that it redirects to: with or without www, with or without a slash at the end.",
  },
  {
    text: /^Wrong response from the webhook: 1\d\d\b/,
    code: "interim_response",
    cause: "The receiver sends an interim response, such as 103 Early Hints. Telegram takes it for the answer.",
    fix: "Switch interim responses off for the webhook's path.",
  },
  {
    text: /^Wrong response from the webhook: 50[234]\b/,
    code: "receiver_unavailable",
    cause: "The proxy does not reach the receiver, or the receiver is busy, starting or stopping.",
    fix: "See whether it runs and whether the proxy has its port; a long handler should not keep Telegram waiting.",
  },
  {
    text: /^Wrong response from the webhook: 5\d\d\b/,
    code: "handler_failed",
    cause: "The handler of an update fails. Telegram sends that update again, and its chat's others wait behind it.",
    fix: "Look for the error in the receiver's log.",
  },
  {
    text: /^Wrong response from the webhook: [A-Z[]/,
    code: "not_a_response",
    cause: "What the receiver sends is a request, not a response.",
    fix: "Check what listens at that port.",
  },
  {
    text: /^Wrong response from the webhook/,
    code: "wrong_response",
    cause: "The receiver answers with a status that is not 2xx.",
    fix: "Answer 200 to every update that was taken.",
  },
]
