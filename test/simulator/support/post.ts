/** Calls a Bot API method by HTTP, and returns the whole answer. */
export async function callApi(
  telegram: { url: string; token: string },
  method: string,
  parameters: Record<string, unknown> = {},
): Promise<{ ok: boolean; result: never; error_code?: number; description?: string; parameters?: object }> {
  const response = await fetch(`${telegram.url}/bot${telegram.token}/${method}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(parameters),
  })
  return (await response.json()) as never
}
