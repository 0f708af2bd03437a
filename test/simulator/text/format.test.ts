import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { format } from "../../../packages/simulator/src/text/format.ts"

const withEntities = (text: string, entities: unknown) => format(text, "", entities).entities

describe("the text", () => {
  test("spaces and line breaks at the ends are cut, and entities move with the text", () => {
    expect(format(" \n a <b>b</b> \n", "HTML", undefined)).toEqual({
      text: "a b",
      entities: [{ type: "bold", offset: 2, length: 1 }],
    })
  })

  test("white space at the beginning of an entity stays, at its end it goes", () => {
    expect(format("  <b> x </b> ", "HTML", undefined)).toEqual({
      text: " x",
      entities: [{ type: "bold", offset: 0, length: 2 }],
    })
  })

  test("control characters become spaces; carriage returns and changes of direction are dropped", () => {
    expect(format("a\tb\r\nc\u202ed<b>\re</b>", "HTML", undefined)).toEqual({
      text: "a b\ncde",
      entities: [{ type: "bold", offset: 6, length: 1 }],
    })
  })

  test.each(["", " \n ", "\u200b\u2800\u00a0", "<b> </b>"])("%j leaves nothing", (text) => {
    expect(format(text, "HTML", undefined)).toEqual({ text: "", entities: [] })
  })

  test("the mode is read in any case, and one that is not known fails", () => {
    expect(format("<b>x</b>", "hTmL", undefined).text).toBe("x")
    expect(format("*x*", "markdownv2", undefined).text).toBe("x")
    expect(format("*x*", "None", undefined).text).toBe("*x*")
    expect(() => format("x", "text", undefined)).toThrow("Bad Request: unsupported parse_mode")
  })

  test("with a mode, entities are not looked at", () => {
    expect(format("x", "HTML", [{ type: "bold", offset: 0, length: 1 }]).entities).toEqual([])
  })
})

describe("given entities", () => {
  test.each([
    [["x"], "can't parse MessageEntity: expected an Object"],
    [[{ type: "bold", length: 1 }], `can't parse MessageEntity: Can't find field "offset"`],
    [[{ type: "bold", offset: "a", length: 1 }], `can't parse MessageEntity: Field "offset" must be a valid Number`],
    [[{ type: "loud", offset: 0, length: 1 }], "can't parse MessageEntity: Unsupported type specified"],
    [[{ type: "text_link", offset: 0, length: 1 }], `can't parse MessageEntity: Can't find field "url"`],
    [
      [{ type: "text_link", offset: 0, length: 1, url: "localhost" }],
      "entity URL 'localhost' is invalid: Wrong HTTP URL",
    ],
    [[{ type: "bold", offset: -1, length: 1 }], "receive an entity with incorrect offset -1"],
    [[{ type: "bold", offset: 9, length: 1 }], "entity begins after the end of the text at UTF-16 offset 9"],
    [
      [{ type: "bold", offset: 0, length: 9 }],
      "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 9",
    ],
    [[{ type: "bold", offset: 1, length: 2 }], "entity begins in a middle of a UTF-16 symbol at byte offset 4"],
    [
      [{ type: "bold", offset: 0, length: 1 }],
      "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 4",
    ],
  ])("%j fail", (entities, problem) => {
    expect(() => withEntities("👍abc", entities)).toThrow(`Bad Request: ${problem}`)
  })

  test("what is no array is none, and what Telegram finds by itself is not taken", () => {
    expect(withEntities("abcd", { type: "bold" })).toEqual([])
    expect(withEntities("abcd", [{ type: "mention", offset: 0, length: 4 }])).toEqual([])
  })

  test("a date's format comes back in Telegram's order", () => {
    const date = { type: "date_time", offset: 0, length: 1, unix_time: 5 }
    expect(withEntities("x", [{ ...date, date_time_format: "TDW" }])).toMatchObject([{ date_time_format: "wDT" }])
    expect(() => withEntities("x", [{ ...date, date_time_format: "x" }])).toThrow(
      "Bad Request: can't parse MessageEntity: Invalid date-time format specified",
    )
  })
})

test("a message has at most 100 entities, the first ones", () => {
  const { text, entities } = format("<b>a</b> ".repeat(150), "HTML", undefined)
  expect(text).toHaveLength(299)
  expect(entities).toHaveLength(100)
  expect(entities.at(-1)).toEqual({ type: "bold", offset: 198, length: 1 })
})

describe("entities together", () => {
  const at = (type: string, offset: number, length: number) => ({ type, offset, length })

  test("styles of one kind that touch are one", () => {
    expect(withEntities("abcd", [at("bold", 2, 2), at("bold", 0, 2)])).toEqual([at("bold", 0, 4)])
  })

  test("styles that cross are cut", () => {
    expect(withEntities("abcdef", [at("bold", 0, 4), at("italic", 2, 4)])).toEqual([
      at("bold", 0, 2),
      at("italic", 2, 4),
      at("bold", 2, 2),
    ])
  })

  test("code has no styles, and of two links or codes that overlap the first counts", () => {
    expect(withEntities("abcdef", [at("bold", 0, 6), at("code", 2, 2), at("pre", 3, 3)])).toEqual([
      at("bold", 0, 2),
      at("code", 2, 2),
      at("bold", 4, 2),
    ])
  })

  test("a link that crosses a quotation's end is dropped, one in it is kept", () => {
    const link = (offset: number) => ({ ...at("text_link", offset, 2), url: "https://a.com/" })
    expect(withEntities("abcdef", [at("blockquote", 0, 3), link(2)])).toEqual([at("blockquote", 0, 3)])
    expect(withEntities("abcdef", [at("blockquote", 0, 3), link(1)])).toEqual([at("blockquote", 0, 3), link(1)])
  })

  test("what is found is added, but not in code or in links", () => {
    const source = `/a <code>/b</code> <a href="https://a.com">@somebody</a> <b>/c</b>`
    expect(format(source, "HTML", undefined).entities.map(({ type }) => type)).toEqual([
      "bot_command",
      "code",
      "text_link",
      "bot_command",
      "bold",
    ])
  })
})

const styles = ["bold", "italic", "underline", "strikethrough", "spoiler"] as const
/** Text with nothing in it that is trimmed, dropped or found. */
const plainText = fc.string({ unit: fc.constantFrom("a", "é", "👍", "ж"), minLength: 1, maxLength: 12 })

describe("for any text", () => {
  const escapes = (text: string) =>
    text.replaceAll(/[<>&]/g, (one) => ({ "<": "&lt;", ">": "&gt;", "&": "&amp;" })[one] ?? one)

  test("escaped, it comes out of every mode as it is without a mode", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const plain = format(text, "", undefined)
        expect(format(escapes(text), "HTML", undefined)).toEqual(plain)
        expect(format(text.replaceAll(/[_*[\]()~`>#+\-=|{}.!\\]/g, "\\$&"), "MarkdownV2", undefined)).toEqual(plain)
        expect(format(text.replaceAll(/[_*`[]/g, "\\$&"), "Markdown", undefined).text.length).toBeLessThanOrEqual(
          text.length,
        )
      }),
    )
  })

  test("entities that are given come out sorted, whole, nested, and with the same styles on every character", () => {
    const entity = fc.record({ type: fc.constantFrom(...styles), from: fc.nat(12), to: fc.nat(12) })
    fc.assert(
      fc.property(plainText, fc.array(entity, { maxLength: 8 }), (text, wanted) => {
        const points = [...text]
        const offsetOf = (index: number) => points.slice(0, index).join("").length
        const given = wanted.map(({ type, from, to }) => {
          const [begin, end] = [offsetOf(Math.min(from, to)), offsetOf(Math.max(from, to))]
          return { type, offset: begin, length: end - begin }
        })
        const { entities } = format(text, "", given)
        const covers = (list: typeof given, type: string, place: number) =>
          list.some((one) => one.type === type && one.offset <= place && place < one.offset + one.length)
        for (const type of styles) {
          for (let place = 0; place < text.length; place++) {
            expect(covers(entities as typeof given, type, place)).toBe(covers(given, type, place))
          }
        }
        for (const [index, a] of entities.entries()) {
          expect(a.length).toBeGreaterThan(0)
          for (const b of entities.slice(index + 1)) {
            expect(a.offset).toBeLessThanOrEqual(b.offset)
            const isApart = b.offset >= a.offset + a.length
            expect(isApart || b.offset + b.length <= a.offset + a.length).toBe(true)
          }
        }
        expect(format(text, "", entities).entities).toEqual(entities)
      }),
    )
  })

  test("HTML written from entities gives those entities", () => {
    const tag = fc.constantFrom("b", "i", "u", "s", "tg-spoiler", "code", "blockquote")
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        plainText,
        fc
          .tuple(tag, fc.array(tie("tree"), { minLength: 1, maxLength: 3 }))
          .map(([name, inner]) => `<${name}>${inner.join("")}</${name}>`),
      ),
    }))
    fc.assert(
      fc.property(tree, (source) => {
        const { text, entities } = format(source, "HTML", undefined)
        expect(text).toBe(source.replaceAll(/<[^>]*>/g, ""))
        expect(format(text, "", entities).entities).toEqual(entities)
      }),
    )
  })

  test("any source at all gives a text with entities inside it, or one of Telegram's errors", () => {
    const source = fc.string({
      unit: fc.constantFrom(..."ab\\_*[]()~`>|!<b/=\"'&;#\n 👍é.@".split(/(?:)/u)),
      maxLength: 30,
    })
    fc.assert(
      fc.property(source, fc.constantFrom("HTML", "Markdown", "MarkdownV2"), (text, mode) => {
        let result
        try {
          result = format(text, mode, undefined)
        } catch (error) {
          expect(error).toMatchObject({ name: "ApiError", message: expect.stringContaining("can't parse entities") })
          return
        }
        for (const { offset, length } of result.entities) {
          expect(offset).toBeGreaterThanOrEqual(0)
          expect(length).toBeGreaterThan(0)
          expect(offset + length).toBeLessThanOrEqual(result.text.length)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
