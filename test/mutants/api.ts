import type { Mutant } from "./mutants.ts"

const folder = "packages/api/src"

/** Places where a client would lose updates, send twice, tell the token, or leave the webhook otherwise than it should be. */
export const apiMutants: readonly Mutant[] = [
  {
    name: "api: the token stays in errors",
    file: `${folder}/redact.ts`,
    find: 'return text.replaceAll(this.#secret, "…")',
    replace: "return text",
  },
  {
    name: "api: the wait that Telegram asks for is not kept",
    file: `${folder}/repeat.ts`,
    find: "const seconds = error.parameters.retry_after ?? 1",
    replace: "const seconds = 0",
  },
  {
    name: "api: a message is sent again when it may have been sent",
    file: `${folder}/repeat.ts`,
    find: " || !repeatable.test(method.toLowerCase())",
    replace: "",
  },
  {
    name: "api: a redirect is followed",
    file: `${folder}/client.ts`,
    find: 'redirect: "manual"',
    replace: 'redirect: "follow"',
  },
  {
    name: "api: Telegram forgets updates that are not done",
    file: `${folder}/polling/entries.ts`,
    find: "return first ?? ",
    replace: "return ",
  },
  {
    name: "api: a chat goes on behind an update that has failed",
    file: `${folder}/polling/entries.ts`,
    find: "if (lane !== undefined) taken.add(lane)",
    replace: 'if (lane !== undefined && state !== "paused") taken.add(lane)',
  },
  {
    name: "api: at its end, polling does not tell Telegram what is done",
    file: `${folder}/polling/poll.ts`,
    find: "if (!backlog.isUnconfirmed) return",
    replace: "return",
  },
  {
    name: "api: polling removes a webhook without being told to",
    file: `${folder}/polling/poll.ts`,
    find: "if (!deleteWebhook) throw webhookIsSet()",
    replace: "",
  },
  {
    name: "api: a configuration that Telegram would refuse is sent",
    file: `${folder}/webhook/config.ts`,
    find: "conflicts(config ?? {}))",
    replace: "[])",
  },
  {
    name: "api: a URL with the secret in it is sent",
    file: `${folder}/webhook/url.ts`,
    find: ".includes(secretToken)",
    replace: '.includes("\\n")',
  },
  {
    name: "api: bytes that were not given as a file are sent as JSON",
    file: `${folder}/body.ts`,
    find: "if (isContent(this[key]))",
    replace: "if (false)",
  },
  {
    name: "api: a receiver that is silent is not noticed",
    file: `${folder}/diagnosis/situations.ts`,
    find: "return isSet && count > 0 ? { ...silent, evidence } : undefined",
    replace: "return undefined",
  },
  {
    name: "api: a webhook that is as it should be is set again",
    file: `${folder}/webhook/ensure.ts`,
    find: "if (differences.length === 0 && !always)",
    replace: "if (false && !always)",
  },
  {
    name: "api: a new secret is not noticed",
    file: `${folder}/webhook/store.ts`,
    find: "JSON.stringify([url, secretToken, ",
    replace: "JSON.stringify([url, ",
  },
  {
    name: "api: updates that wait are dropped whenever the webhook is set",
    file: `${folder}/webhook/registration.ts`,
    find: "...(dropPendingUpdates && { drop_pending_updates: true })",
    replace: "drop_pending_updates: true",
  },
  {
    name: "api: all replicas set the webhook",
    file: `${folder}/webhook/ensure.ts`,
    find: "isMine ||= await registration.lock()",
    replace: "isMine = true",
  },
  {
    name: "api: a certificate that Telegram has is left out when the webhook is set again, which removes it",
    file: `${folder}/webhook/registration.ts`,
    find: "...(certificate !== undefined && {",
    replace: "...(certificate !== undefined && !(await this.#api.getWebhookInfo()).has_custom_certificate && {",
  },
]
