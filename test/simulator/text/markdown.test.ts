import { describe, expect, test } from "vitest"
import { format } from "../../../packages/simulator/src/text/format.ts"

const markdown = (text: string) => format(text, "Markdown", undefined)

describe("Markdown, the legacy mode", () => {
  test("the documentation's example", () => {
    const source = [
      "*bold text*",
      "_italic text_",
      "[inline URL](http://www.example.com/)",
      "`inline fixed-width code`",
      "```",
      "pre-formatted fixed-width code block",
      "```",
      "```python",
      "pre-formatted fixed-width code block written in the Python programming language",
      "```",
    ].join("\n")
    const { text, entities } = markdown(source)
    expect(entities.map((one) => [one.type, text.slice(one.offset, one.offset + one.length).trim()])).toEqual([
      ["bold", "bold text"],
      ["italic", "italic text"],
      ["text_link", "inline URL"],
      ["code", "inline fixed-width code"],
      ["pre", "pre-formatted fixed-width code block"],
      ["pre", "pre-formatted fixed-width code block written in the Python programming language"],
    ])
    expect(entities.at(-1)).toMatchObject({ language: "python" })
  })

  test("only the four marks can be escaped, and only outside of entities", () => {
    expect(markdown("\\_\\*\\`\\[ \\. _a\\_b")).toEqual({
      text: "_*`[ \\. a\\b",
      entities: [{ type: "italic", offset: 8, length: 2 }],
    })
  })

  test("nothing nests, and nothing comes of an empty entity", () => {
    expect(markdown("*a_b*").entities).toEqual([{ type: "bold", offset: 0, length: 3 }])
    expect(markdown("**a[](https://example.com)").text).toBe("a(https://example.com)")
  })

  test.each([
    ["é*x", 2],
    ["snake_case", 5],
    ["[x", 0],
    ["```x``", 0],
  ])("%s fails with the offset in bytes", (source, offset) => {
    expect(() => markdown(source)).toThrow(
      `Bad Request: can't parse entities: Can't find end of the entity starting at byte offset ${offset}`,
    )
  })
})
