import { existsSync, readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"

const workspace = new URL("../../", import.meta.url)
const read = (file: string | URL): string => readFileSync(new URL(file, workspace), "utf8")
const markdown = (folder: string): string[] =>
  readdirSync(new URL(folder, workspace)).flatMap((name) => (name.endsWith(".md") ? [`${folder}${name}`] : []))

/** What a heading is linked to by. */
function anchors(text: string): string[] {
  return Array.from(text.matchAll(/^#+ (.*)$/gm), ([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, "")
      .trim()
      .replaceAll(" ", "-"),
  )
}

test("every example is in the index, and nothing else is", () => {
  const files = readdirSync(new URL("examples/", workspace)).filter((name) => name.endsWith(".ts"))
  const named = Array.from(read("examples/README.md").matchAll(/\]\(([\w-]+\.ts)\)/g), ([, name]) => name)
  expect(named.toSorted()).toEqual(files.toSorted())
})

test("every page of the guide is in its index", () => {
  const index = read("docs/guide/README.md")
  const pages = markdown("docs/guide/").filter((page) => !page.endsWith("README.md"))
  expect(pages.filter((page) => !index.includes(`](${page.slice("docs/guide/".length)})`))).toEqual([])
})

test.each([...markdown("docs/guide/"), ...markdown("examples/")])("%s links to what there is", (file) => {
  const targets = Array.from(read(file).matchAll(/\]\((?!https?:)([^)]+)\)/g), ([, target = ""]) => target)
  const broken = targets.filter((target) => {
    const [path = "", anchor] = target.split("#")
    const url = new URL(path, new URL(file, workspace))
    return !existsSync(url) || (anchor !== undefined && !anchors(read(url)).includes(anchor))
  })
  expect(broken).toEqual([])
})
