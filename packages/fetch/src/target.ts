/** What follows the host in a URL that is whole and normalised, as a request's is. */
export function targetOf(url: string): string {
  return url.slice(url.indexOf("/", url.indexOf("//") + 2))
}

/** For paths that nobody has. */
export function notFound(): Response {
  return new Response(undefined, { status: 404, headers: { "content-length": "0" } })
}
