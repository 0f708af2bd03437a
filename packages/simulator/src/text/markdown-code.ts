/**
 * What follows the three backticks of a code block: a language, if white space ends it, and a line break, which does not
 * count.
 *
 * @returns where the code begins
 */
export function codeBlockStart(source: string, at: number): { language: string; start: number } {
  const rest = source.slice(at)
  const word = /^[^ \t\r\n\v`]+(?=[ \t\r\n\v])/.exec(rest)?.[0] ?? ""
  const lineBreak = /^(?:\r\n|\n\r|\n|\r)?/.exec(rest.slice(word.length))?.[0] ?? ""
  return { language: word, start: at + word.length + lineBreak.length }
}
