import { describe, expect, test } from "vitest"
import { format } from "../../../packages/simulator/src/text/format.ts"

const ana = { id: 123456789, is_bot: false, first_name: "Ana" }
const html = (text: string) => format(text, "HTML", undefined, new Map([[ana.id, ana]]))
const failing = (text: string) => {
  try {
    return html(text)
  } catch (error) {
    return (error as Error).message
  }
}

describe("HTML", () => {
  test.each([
    ["<b>bold</b>", "bold"],
    ["<strong>bold</strong>", "bold"],
    ["<i>italic</i>", "italic"],
    ["<em>italic</em>", "italic"],
    ["<u>underline</u>", "underline"],
    ["<ins>underline</ins>", "underline"],
    ["<s>strikethrough</s>", "strikethrough"],
    ["<strike>strikethrough</strike>", "strikethrough"],
    ["<del>strikethrough</del>", "strikethrough"],
    [`<span class="tg-spoiler">spoiler</span>`, "spoiler"],
    ["<tg-spoiler>spoiler</tg-spoiler>", "spoiler"],
    ["<code>fixed</code>", "code"],
    ["<pre>fixed</pre>", "pre"],
    ["<blockquote>quoted</blockquote>", "blockquote"],
    ["<blockquote expandable>quoted</blockquote>", "expandable_blockquote"],
    ["<B>tags may be in capitals</B>", "bold"],
    ["<b>a tag may be ended by an empty one</>", "bold"],
  ])("%s is %s", (source, type) => {
    const { text, entities } = html(source)
    expect(text).toBe(source.replaceAll(/<[^>]*>/g, ""))
    expect(entities).toEqual([{ type, offset: 0, length: text.length }])
  })

  test("links, mentions, emoji, dates and code carry what they stand for", () => {
    expect(html(`<a href="http://www.example.com/">inline URL</a>`).entities).toEqual([
      { type: "text_link", offset: 0, length: 10, url: "http://www.example.com/" },
    ])
    expect(html(`<a href="tg://user?id=123456789">inline mention</a>`).entities).toEqual([
      { type: "text_mention", offset: 0, length: 14, user: ana },
    ])
    expect(html(`<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>`).entities).toEqual([
      { type: "custom_emoji", offset: 0, length: 2, custom_emoji_id: "5368324170671202286" },
    ])
    expect(html(`<tg-time unix="1647531900" format="wDT">22:45 tomorrow</tg-time>`).entities).toEqual([
      { type: "date_time", offset: 0, length: 14, unix_time: 1647531900, date_time_format: "wDT" },
    ])
    const code = { type: "pre", offset: 0, length: 1, language: "python" }
    expect(html(`<pre><code class="language-python">x</code></pre>`).entities).toEqual([code])
    expect(html(`<code class="language-python"><pre>x</pre></code>`).entities).toEqual([code])
    expect(html(`<code class="language-python">x</code>`).entities).toEqual([{ type: "code", offset: 0, length: 1 }])
  })

  test("the language of code is not that of a block beside it", () => {
    expect(html(`<code class="language-python">x</code><pre>y</pre>`).entities).toEqual([
      { type: "code", offset: 0, length: 1 },
      { type: "pre", offset: 1, length: 1 },
    ])
  })

  test("a mention of somebody whom Telegram does not know, and a link to no address, are plain text", () => {
    expect(html(`<a href="tg://user?id=5">who</a> <a href="localhost">where</a>`)).toEqual({
      text: "who where",
      entities: [],
    })
  })

  test("a link without an address is one to its text", () => {
    expect(html("<a>https://example.com</a>").entities).toMatchObject([
      { type: "text_link", url: "https://example.com/" },
    ])
  })

  test("the four named references and numeric ones are decoded, others are left as they are", () => {
    expect(html("&lt;b&gt; &amp;amp; &quot;&#33;&#x2b50;&#55357;&#56397; &nbsp; & &lt").text).toBe(
      `<b> &amp; "!⭐👍 &nbsp; & <`,
    )
    expect(html(`<a href="https://example.com/?a=1&amp;b=2">x</a>`).entities).toMatchObject([
      { url: "https://example.com/?a=1&b=2" },
    ])
  })

  test("offsets count UTF-16 code units", () => {
    expect(html("👍é<b>👍</b>").entities).toEqual([{ type: "bold", offset: 3, length: 2 }])
  })

  test.each([
    ["<b>x", `Can't find end tag corresponding to start tag "b"`],
    ["é<b>x</i>", `Unmatched end tag at byte offset 6, expected "</b>", found "</i>"`],
    ["é</b>", "Unexpected end tag at byte offset 2"],
    ["é<p>x</p>", `Unsupported start tag "p" at byte offset 2`],
    ["1 <2", "Unclosed start tag at byte offset 2"],
    ["1 < 2 > 1", `Unsupported start tag "" at byte offset 2`],
    ["<a href", `Unclosed start tag "a" at byte offset 0`],
    [`<a href="x`, "Unclosed start tag at byte offset 0"],
    ["<b /> ", `Empty attribute name in the tag "b" at byte offset 0`],
    ["<b>x</b", "Unclosed end tag at byte offset 4"],
    ["<span>x</span>", `Tag "span" must have class "tg-spoiler" at byte offset 0`],
    ["<a href=a_b>x</a>", "Unexpected end of name token at byte offset 8"],
    ["<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"],
    [`<tg-time unix="1" format="x">x</tg-time>`, "Invalid date format used"],
    [
      "&#55357;",
      "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units",
    ],
  ])("%s fails as Telegram does", (source, problem) => {
    expect(failing(source)).toBe(`Bad Request: can't parse entities: ${problem}`)
  })
})
