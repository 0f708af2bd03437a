/** The smallest PNG there is: one pixel. */
export const picture: Buffer = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
)

/** A document that the bot uploads. */
export const report = { bytes: Buffer.from("plan;price\nA;5\nB;9\n"), name: "report.csv", caption: "Here it is" }

/** What every library's bot says, so that only the library differs. */
export const words = {
  welcome: (name: string): string => `Welcome, <b>${name}</b>!`,
  hello: (name: string, title: string): string => `Hello, ${name} of ${title}`,
  changed: (text: string): string => `You changed it to: ${text}`,
  chosen: (plan: string): string => `You chose ${plan}`,
  voted: (options: readonly number[]): string => `You voted for option ${options.join(" and ")}`,
  received: (bytes: Buffer): string =>
    `A picture of ${bytes.length} bytes, ${bytes.equals(picture) ? "the same" : "another"}`,
  failed: (code: number, description: string): string => `${code} ${description}`,
  atLast: "At last",
  album: "Twice",
  question: "Which plan?",
  options: ["A", "B"],
}

/** The buttons below the welcome. */
export const plans: { inline_keyboard: { text: string; callback_data: string }[][] } = {
  inline_keyboard: [
    [
      { text: "Plan A", callback_data: "A" },
      { text: "Plan B", callback_data: "B" },
    ],
  ],
}

/** What the bot answers an inline query with. */
export function article(query: string): {
  type: "article"
  id: string
  title: string
  input_message_content: { message_text: string; parse_mode: "MarkdownV2" }
} {
  return {
    type: "article",
    id: "first",
    title: query.toUpperCase(),
    input_message_content: { message_text: `*${query}*`, parse_mode: "MarkdownV2" },
  }
}

/** A chat that there is not. */
export const nobody = 404_404_404
