/** Methods that an answer to a delivery must not ask for; and none that begins with `get` (facts, 4). */
const refused: ReadonlySet<string> = new Set(["setwebhook", "deletewebhook", "close", "logout"])

/** Whether Telegram calls the method that an answer asks for. */
export function mayReplyWith(method: string): boolean {
  const name = method.toLowerCase()
  return name !== "" && !refused.has(name) && !name.startsWith("get")
}
