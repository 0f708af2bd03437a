import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"

const examples = new URL("../../examples/", import.meta.url)

const names = readdirSync(examples).flatMap((file) => (file.endsWith(".ts") ? [file.slice(0, -".ts".length)] : []))

test("there are examples", () => {
  const required = `
    express koa koa-router fastify node fast-lane hono lambda
    with-grammy with-telegraf multi-bot
    stand-alone stand-alone-https polling switch
    background agent errors health register allowed-updates`
  expect(names).toEqual(expect.arrayContaining(required.trim().split(/\s+/)))
})

test.each(names)("examples/%s.ts has at most 30 lines, says how it is run, and is run by a test of its own", (name) => {
  const source = readFileSync(new URL(`${name}.ts`, examples), "utf8")
  expect(source.trimEnd().split("\n").length).toBeLessThanOrEqual(30)
  expect(source).toContain(`npx tsx examples/${name}.ts`)
  expect(readFileSync(new URL(`${name}.test.ts`, import.meta.url), "utf8")).toMatch(
    new RegExp(`(describeEcho|describeBot|example)\\("${name}"`),
  )
})
