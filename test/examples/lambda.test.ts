import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { describe, expect, test } from "vitest"
import { example, secretToken } from "./program.ts"

const cwd = fileURLToPath(new URL("../../", import.meta.url))

/** What the example prints when it is called with an event. */
async function answer(event: string, secret: string): Promise<unknown> {
  const env = { PATH: process.env["PATH"], SECRET_TOKEN: secret, EVENT: `test/fixtures/lambda/${event}.json` }
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", example("lambda")], { cwd, env })
  return JSON.parse(stdout)
}

describe("examples/lambda.ts", { timeout: 20_000 }, () => {
  test("replies with the text it got (facts, 4)", async () => {
    expect(await answer("api-gateway-v1", secretToken)).toMatchObject({
      statusCode: 200,
      headers: { "content-type": "application/json" },
      body: '{"method":"sendMessage","chat_id":5,"text":"\\u041b\\u043e\\u043b"}',
    })
  })

  test("confirms what is no text without a reply", async () => {
    expect(await answer("function-url", secretToken)).toMatchObject({ statusCode: 200, body: "" })
  })

  test("refuses a wrong secret", async () => {
    expect(await answer("api-gateway-v1", "another")).toMatchObject({ statusCode: 401, body: "" })
  })
})
