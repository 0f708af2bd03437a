import { isIPv4, isReserved } from "./address.ts"

/** With none, it is that of the scheme. */
const PORTS: ReadonlySet<string> = new Set(["", "443", "80", "88", "8443"])

/** What a host may be made of (facts, 5.1), after it was turned into ASCII. */
const HOST = /^[a-z0-9.\-_!$,~*'();&+=%]+$/

/** The buffer for request line and headers, less its reserve; what does not fit in is never sent (facts, 1.1). */
const HEAD_BYTES = 4096 - 30

/** The same URL in ASCII: Telegram sends raw UTF-8 as it is (facts, 1.1), which many servers answer with 400. */
export function normalUrl(text: string): string {
  return new URL(text).href
}

/** What Telegram, or the way from it, would make of a URL that is not good. Empty if it is. */
export function urlProblems(text: string, secretToken: string, local: boolean): string[] {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const problems = text.includes("#") ? ["must have no #: Telegram would send it with the path"] : []
  if (!url || !["http:", "https:"].includes(url.protocol)) {
    return ["must be a whole URL such as https://bot.example.com/telegram", ...problems]
  }
  if (!local) problems.push(...remoteProblems(url))
  if (secretToken !== "" && `${url.pathname}${url.search}`.includes(secretToken)) {
    problems.push("must not have the secretToken in its path or query, where logs would keep it")
  }
  if (`${url.username}${url.password}`.includes("%")) {
    problems.push("must have user and password without special characters: Telegram does not decode them")
  }
  if (local && url.port === "0") problems.push("must have a port from 1 to 65535")
  const length = headLength(url, secretToken)
  if (length >= HEAD_BYTES) {
    problems.push(`is too long: request line and headers would have ${length} bytes, and Telegram sends none over 4065`)
  }
  return problems
}

/** What api.telegram.org minds, and a Bot API server in local mode does not (facts, 5.6). */
function remoteProblems({ protocol, hostname, port }: URL): string[] {
  const problems: string[] = []
  if (protocol === "http:") {
    problems.push("must begin with https://; for the simulator or a Bot API server in local mode, set local: true")
  }
  if (!PORTS.has(port)) problems.push("must have the port 443, 80, 88 or 8443: Telegram connects to no other")
  if (hostname.startsWith("[")) {
    problems.push("must not be an IPv6 address: Telegram connects over IPv4 only")
  } else if (/(^|\.)localhost\.?$/.test(hostname) || (isIPv4(hostname) && isReserved(hostname))) {
    problems.push(
      "must be reachable from the internet: for this machine there are tunnels, or the simulator with local: true",
    )
  } else if (hostname === "." || !HOST.test(hostname)) {
    problems.push("must have a host that Telegram takes: letters, digits, dots and hyphens")
  }
  return problems
}

/** The bytes of request line and headers of a large update (facts, 1.1). */
function headLength({ pathname, search, host, username, password }: URL, secretToken: string): number {
  const user = password === "" ? username : `${username}:${password}`
  return [
    `POST ${pathname}${search} HTTP/1.1`,
    `Host: ${host}`,
    ...(user === "" ? [] : [`Authorization: Basic ${btoa(user)}`]),
    ...(secretToken === "" ? [] : [`X-Telegram-Bot-Api-Secret-Token: ${secretToken}`]),
    "Content-Type: application/json",
    "Content-Length: 524288",
    "Connection: keep-alive",
    "Accept-Encoding: gzip, deflate",
    "\r\n",
  ].join("\r\n").length
}
