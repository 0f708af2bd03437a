import { describe, expect, test } from "vitest"
import { format } from "../../../packages/simulator/src/text/format.ts"

const ana = { id: 123456789, is_bot: false, first_name: "Ana" }
const markdown = (text: string) => format(text, "MarkdownV2", undefined, new Map([[ana.id, ana]]))
const failing = (text: string) => {
  try {
    return markdown(text)
  } catch (error) {
    return (error as Error).message
  }
}

describe("MarkdownV2", () => {
  test.each([
    ["*bold \\*text*", "bold *text", "bold"],
    ["_italic \\*text_", "italic *text", "italic"],
    ["__underline__", "underline", "underline"],
    ["~strikethrough~", "strikethrough", "strikethrough"],
    ["||spoiler||", "spoiler", "spoiler"],
    ["`inline fixed-width code.`", "inline fixed-width code.", "code"],
    ["```\npre-formatted\ncode block```", "pre-formatted\ncode block", "pre"],
    [">a\n>b", "a\nb", "blockquote"],
    [">a\n>b||", "a\nb", "expandable_blockquote"],
  ])("%j is %j, %s", (source, text, type) => {
    expect(markdown(source)).toEqual({ text, entities: [{ type, offset: 0, length: text.length }] })
  })

  test("links, mentions, emoji, dates and code carry what they stand for", () => {
    expect(markdown("[inline URL](http://www.example.com/)").entities).toEqual([
      { type: "text_link", offset: 0, length: 10, url: "http://www.example.com/" },
    ])
    expect(markdown("[inline mention](tg://user?id=123456789)").entities).toEqual([
      { type: "text_mention", offset: 0, length: 14, user: ana },
    ])
    expect(markdown("![👍](tg://emoji?id=5368324170671202286)").entities).toEqual([
      { type: "custom_emoji", offset: 0, length: 2, custom_emoji_id: "5368324170671202286" },
    ])
    expect(markdown("![22:45 tomorrow](tg://time?unix=1647531900&format=wDT)").entities).toEqual([
      { type: "date_time", offset: 0, length: 14, unix_time: 1647531900, date_time_format: "wDT" },
    ])
    expect(markdown("```python\nprint(1)```").entities).toEqual([
      { type: "pre", offset: 0, length: 8, language: "python" },
    ])
    expect(markdown("[x](https://example.com/a\\)b)").entities).toMatchObject([{ url: "https://example.com/a)b" }])
  })

  test("the documentation's nested example, with entities that only ever contain one another", () => {
    const source =
      "*bold _italic bold ~italic bold strikethrough ||italic bold strikethrough spoiler||~ __underline italic bold___ bold*"
    const { text, entities } = markdown(source)
    expect(text).toBe(
      "bold italic bold italic bold strikethrough italic bold strikethrough spoiler underline italic bold bold",
    )
    const styled = (part: string) =>
      entities
        .filter(({ offset, length }) => offset <= text.lastIndexOf(part) && offset + length > text.lastIndexOf(part))
        .map(({ type }) => type)
        .toSorted()
    expect(styled("italic bold bold")).toEqual(["bold", "italic", "underline"])
    expect(styled("spoiler")).toEqual(["bold", "italic", "spoiler", "strikethrough"])
    expect(styled(" bold")).toEqual(["bold"])
    for (const a of entities) {
      for (const b of entities) {
        const crossing =
          a.offset < b.offset && b.offset < a.offset + a.length && b.offset + b.length > a.offset + a.length
        expect(crossing).toBe(false)
      }
    }
  })

  test("the documentation's quotations: an empty bold separates two of them", () => {
    const source =
      ">Block quotation started\n>Block quotation continued\n>The last line of the block quotation\n**>The expandable block quotation started right after\n>Expandable block quotation continued\n>The last line with the expandability mark||"
    const { text, entities } = markdown(source)
    const second = text.indexOf("The expandable")
    expect(entities).toEqual([
      { type: "blockquote", offset: 0, length: second },
      { type: "expandable_blockquote", offset: second, length: text.length - second },
    ])
  })

  test("a line that does not begin with > ends a quotation, and the line break belongs to it", () => {
    expect(markdown(">a\nb\\>c").entities).toEqual([{ type: "blockquote", offset: 0, length: 2 }])
  })

  test("two bars end a collapsed quotation before its last line break as well", () => {
    expect(markdown(">a||\nb")).toEqual({
      text: "a\nb",
      entities: [{ type: "expandable_blockquote", offset: 0, length: 2 }],
    })
  })

  test("in code, only backticks and backslashes mean anything", () => {
    expect(markdown("`a_b*c.\\``").text).toBe("a_b*c.`")
    expect(markdown("```\n>a_b\n```").text).toBe(">a_b")
  })

  test.each([
    ["é.", "Character '.' is reserved and must be escaped with the preceding '\\'"],
    ["a!", "Character '!' is reserved and must be escaped with the preceding '\\'"],
    ["a|b", "Character '|' is reserved and must be escaped with the preceding '\\'"],
    ["a>b", "Character '>' is reserved and must be escaped with the preceding '\\'"],
    ["a]", "Character ']' is reserved and must be escaped with the preceding '\\'"],
    ["é*x", "Can't find end of Bold entity at byte offset 2"],
    ["é__x", "Can't find end of Underline entity at byte offset 2"],
    ["é_x", "Can't find end of Italic entity at byte offset 2"],
    ["é[x", "Can't find end of TextUrl entity at byte offset 2"],
    ["é[x](y", "Can't find end of a URL at byte offset 6"],
    ["é[x](y\\)", "Can't find end of a URL at byte offset 6"],
    ["```python\nx", "Can't find end of PreCode entity at byte offset 0"],
    ["`x", "Can't find end of Code entity at byte offset 0"],
    ["||x", "Can't find end of Spoiler entity at byte offset 0"],
    [">a||b\nc", "Can't find end of Spoiler entity at byte offset 2"],
    [">a||b", "Can't find end of Spoiler entity at byte offset 2"],
    [">*a\nb*", "Can't find end of Bold entity at byte offset 1"],
    ["![x]", "The entity must contain a tg://emoji or tg://time URL"],
    ["![x](https://example.com)", "Invalid tg://emoji or tg://time URL specified"],
  ])("%j fails as Telegram does", (source, problem) => {
    expect(failing(source)).toBe(`Bad Request: can't parse entities: ${problem}`)
  })
})
