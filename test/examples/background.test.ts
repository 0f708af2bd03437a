import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { recordedUpdate } from "../support/updates.ts"
import { example, Program, secretToken } from "./program.ts"
import { Service } from "./service.ts"

describe("examples/background.ts", { timeout: 20_000 }, () => {
  const service = new Service()
  let program: Program

  beforeAll(async () => {
    program = await Program.start(example("background"), {
      PORT: "0",
      SECRET_TOKEN: secretToken,
      SERVICE_URL: await service.address(),
    })
  }, 20_000)

  afterAll(async () => {
    await program.kill()
    service.stop()
  })

  test("answers before the work is done, and does it again after RetryLater", async () => {
    expect(await program.deliver(recordedUpdate("message-26-text-plain"))).toMatchObject({ status: 200, body: "" })
    const first = await service.next()
    expect(first.text).toBe("test test")
    first.answer(503)
    const second = await service.next()
    expect(second.text).toBe("test test")
    second.answer(200, "a result")
    await program.line(/^Done at attempt 2: a result$/)
  })

  test("gives up on what fails otherwise, since Telegram was told 200", async () => {
    expect(await program.deliver(recordedUpdate("message-58-start-command"))).toMatchObject({ status: 200, body: "" })
    const request = await service.next()
    request.answer(404)
    await program.line(/^Given up on 259894299 at attempt 1: Error: The service answers 404$/)
  })

  test("refuses a wrong secret", async () => {
    expect(await program.deliver(recordedUpdate("message-26-text-plain", 1), { secretToken: "wrong" })).toMatchObject({
      status: 401,
    })
  })

  test("finishes its work when SIGTERM comes, then ends", async () => {
    expect(await program.deliver(recordedUpdate("message-59-text-hello"))).toMatchObject({ status: 200 })
    const request = await service.next()
    await program.connect() // and sends nothing
    const exit = program.terminate()
    await program.refuses()
    request.answer(200, "a last result")
    await program.line(/^Done at attempt 1: a last result$/)
    expect(await exit).toBe(0)
  })
})
