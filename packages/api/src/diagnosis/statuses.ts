import type { Explanation } from "./finding.ts"

const unavailable: Explanation = {
  code: "receiver_unavailable",
  cause: "The proxy does not reach the receiver, or the receiver is busy, starting or stopping.",
  fix: "See whether it runs and whether the proxy has its port, or may connect to its unix socket; a long handler should not keep Telegram waiting.",
}

/** What it means that the receiver has answered with a status that is not 2xx, or of that sort. */
const byStatus: Readonly<Record<string, Explanation>> = {
  "1xx": {
    code: "interim_response",
    cause: "The receiver sends an interim response, such as 103 Early Hints. Telegram takes it for the answer.",
    fix: "Switch interim responses off for the webhook's path.",
  },
  "3xx": {
    code: "redirect",
    cause: "The URL redirects, and Telegram does not follow.",
    fix: "Set the webhook to the URL that it redirects to: with or without www, with or without a slash at the end.",
  },
  401: {
    code: "secret_mismatch",
    cause: "The webhook refuses Telegram: the secret token that Telegram sends is not one that it accepts.",
    fix: "Set the webhook with the secret token that the receiver has; without a store, call ensureWebhook with always: true.",
  },
  403: {
    code: "forbidden",
    cause:
      "The webhook's allowedAddresses do not have the address that the request comes from, which behind a proxy that is not trusted is the proxy's; or something in front of the webhook refuses Telegram: an address filter, a firewall, a protection against bots.",
    fix: "Behind a proxy, give trustedProxies (serve, node), or tell the framework to trust it (trust proxy in Express); else let 149.154.160.0/20 and 91.108.4.0/22 through.",
  },
  404: {
    code: "path_not_found",
    cause: "The server is there, and nothing answers at the path of the webhook's URL.",
    fix: "Compare the path with the one that the webhook is mounted at, with all prefixes of routers and proxies.",
  },
  405: {
    code: "method_not_allowed",
    cause: "The path is there, and takes no POST.",
    fix: "Mount the webhook for POST, and see that no static files are served at its path.",
  },
  408: {
    code: "body_timeout",
    cause: "The receiver, or a proxy before it, did not get the whole request in its time.",
    fix: "Look at the load of the receiver and at the time limits of the proxy.",
  },
  410: {
    code: "gone",
    cause: "The receiver says that it is gone. After 23 hours of it Telegram removes the webhook.",
    fix: "Never answer 410: answer 503 while the receiver is not ready.",
  },
  413: {
    code: "body_limit",
    cause: "The receiver, or a proxy before it, has a limit for bodies that an update exceeds.",
    fix: "Allow at least 1 MiB, such as client_max_body_size 1m in nginx.",
  },
  415: {
    code: "content_type",
    cause: "The receiver does not take application/json.",
    fix: "Let the webhook see the request as it is, before other middleware.",
  },
  429: {
    code: "rate_limited",
    cause: "The receiver, or what stands before it, limits Telegram's requests.",
    fix: "Take the webhook's path out of the rate limit, and set maxConnections to what the receiver can take.",
  },
  502: unavailable,
  503: unavailable,
  504: unavailable,
  "5xx": {
    code: "handler_failed",
    cause: "The handler of an update fails. Telegram sends that update again, and its chat's others wait behind it.",
    fix: "Look for the error in the receiver's log.",
  },
}

/** Explains an answer that Telegram took for a failure. */
export function explainStatus(status: string): Explanation {
  return (
    byStatus[status] ??
    byStatus[`${status[0]}xx`] ?? {
      code: "wrong_response",
      cause: "The receiver answers with a status that is not 2xx.",
      fix: "Answer 200 to every update that was taken.",
    }
  )
}
