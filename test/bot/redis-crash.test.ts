import { createApi } from "@hookgram/api"
import { startSimulator } from "@hookgram/simulator"
import { expect, onTestFinished, test } from "vitest"
import { Program } from "../examples/program.ts"
import { describeWithRedis, TestRedis } from "../support/redis.ts"
import { secretToken } from "./live.ts"
import { roundRobin } from "./round-robin.ts"

describeWithRedis("processes of a bot", () => {
  test("when one is killed, its conversations end, those of others go on, and no message is lost", async () => {
    const telegram = await startSimulator({ seed: 7 })
    onTestFinished(() => telegram.close())
    const redis = await TestRedis.start()
    const spy = await redis.client()
    const env = { TOKEN: telegram.token, BASE_URL: telegram.url, REDIS: redis.path, SECRET_TOKEN: secretToken }
    const start = async () => {
      const program = await Program.start("test/bot/replica-process.ts", env)
      onTestFinished(() => program.kill())
      return program
    }
    const programs = await Promise.all([start(), start(), start()])
    const url = await roundRobin(programs.map(({ port }) => `http://127.0.0.1:${port}/`))
    const api = createApi(telegram.token, { baseUrl: telegram.url })
    await api.setWebhook({ url, secret_token: secretToken })
    const lines = () => programs.flatMap((program) => program.lines.slice(1))
    const people = ["Ana", "Ben", "Eve"].map((name) => ({ name, user: telegram.user(name) }))

    // Each is asked by another process, since each request goes to the next one.
    for (const { name, user } of people) {
      await user.send(`/ask ${name}`)
      expect((await user.nextReply()).text).toBe(`${name}?`)
      await telegram.until(() => telegram.bot.updates.size === 0)
    }
    expect(await spy.dbSize()).toBe(3)
    await programs[0]!.kill()
    for (const { name, user } of people) await user.send(`from ${name}`)
    await telegram.until(() => lines().length === 3)
    expect(lines().toSorted()).toEqual(["answer to Ben: from Ben", "answer to Eve: from Eve", "other: from Ana"])

    const ana = people[0]!.user
    await ana.send("/ask again")
    expect((await ana.nextReply()).text).toBe("again?")
    await ana.send("from Ana")
    await telegram.until(() => lines().length === 4)
    expect(lines()).toContain("answer to again: from Ana")
    await telegram.until(() => telegram.bot.updates.size === 0)
    expect(lines()).toHaveLength(4)
  }, 60_000)
})
