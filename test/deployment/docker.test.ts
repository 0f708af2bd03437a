import { execFile, spawnSync } from "node:child_process"
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { ApiError, type Simulator, startSimulator } from "@hookgram/simulator"
import { validate } from "dockerfile-utils"
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest"
import { BotProcess } from "./bot-process.ts"
import { deployment, deploymentFile, freePort, makeFolder } from "./folder.ts"
import { build, copyContext } from "./image.ts"
import { type Archive, pack, Registry } from "./registry.ts"
import { isRoot, NOBODY } from "../support/services.ts"

const exec = promisify(execFile)
const dockerfile = deploymentFile("Dockerfile")

/** Whether a process can be process 1 of its own, as in a container, and nobody's. */
const isContained = isRoot && spawnSync("unshare", ["--pid", "--fork", "true"]).status === 0
const ids = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"]
const container = isContained ? ["unshare", "--pid", "--fork", "--kill-child", "setpriv", ...ids] : []

/** What steps of a build may see: all that this machine needs to reach the npm registry, and nothing of who runs the tests. */
function buildVariables(npmrc: string): Record<string, string> {
  const variables = Object.entries(process.env).filter(
    ([name]) => !/^(p?npm_|VITEST|NODE_ENV$|NODE_OPTIONS$)/i.test(name),
  )
  return { ...(Object.fromEntries(variables) as Record<string, string>), NPM_CONFIG_USERCONFIG: npmrc }
}

test("the linter finds no fault in it", () => {
  expect(validate(dockerfile).map(({ message, range }) => [range.start.line + 1, message])).toEqual([])
})

test("the last stage is another than the one that builds, and does not run as root", () => {
  expect(dockerfile.match(/^FROM /gm)).toHaveLength(2)
  expect(dockerfile.slice(dockerfile.lastIndexOf("FROM "))).toMatch(/^USER (?!root|0)\w+$/m)
})

describe("its steps, run with the packages as they would be published", { timeout: 60_000 }, () => {
  let folder: string
  let image: Awaited<ReturnType<typeof build>>
  let archives: readonly Archive[]
  let registry: Registry

  beforeAll(async () => {
    folder = makeFolder()
    archives = await pack(["core", "api", "bot", "node"], join(folder, "archives"))
    registry = await Registry.start(archives)
    const npmrc = join(folder, "npmrc")
    writeFileSync(npmrc, `@hookgram:registry=${registry.url}\n`)
    const env = buildVariables(npmrc)

    const project = join(folder, "project")
    cpSync(deployment, project, { recursive: true, filter: (path) => !/\/(dist|node_modules)$/.test(path) })
    await exec("npx", ["-y", "pnpm@12", "install", "--lockfile-only"], { cwd: project, env })
    writeFileSync(join(project, ".env"), "BOT_TOKEN=leaked")
    mkdirSync(join(project, "node_modules/of-another-platform"), { recursive: true })

    const context = join(folder, "context")
    copyContext(project, deploymentFile(".dockerignore"), context)
    image = await build(dockerfile, { context, folder, env })
  }, 600_000)

  afterAll(async () => {
    await registry?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Starts what the image starts, with these variables and none of this machine. */
  function start(variables: Record<string, string>): Promise<BotProcess> {
    const env = { PATH: process.env["PATH"]!, ...image.env, ...variables }
    return BotProcess.start([...container, ...image.command], { cwd: join(image.root, image.workdir), env })
  }

  /** What Docker makes of the health check: 0 is healthy. */
  async function health(PORT: string): Promise<number> {
    const [command = "", ...args] = image.healthcheck
    const user = isContained ? { uid: NOBODY, gid: NOBODY } : {}
    const ended = exec(command, args, { env: { PATH: process.env["PATH"]!, ...image.env, PORT }, ...user })
    return ended.then(
      () => 0,
      (error: { code: number }) => error.code,
    )
  }

  async function running(): Promise<{ telegram: Simulator; bot: BotProcess; port: string }> {
    const telegram = await startSimulator()
    onTestFinished(() => telegram.close())
    const port = String(await freePort())
    const bot = await start({
      PORT: port,
      BOT_TOKEN: telegram.token,
      SECRET_TOKEN: "s3cret",
      API_URL: telegram.url,
      WEBHOOK_URL: `http://127.0.0.1:${port}/telegram`,
    })
    return { telegram, bot, port }
  }

  test("install all packages of Hookgram from their archives", () => {
    const lockfile = readFileSync(join(folder, "context/pnpm-lock.yaml"), "utf8")
    expect(archives).toHaveLength(4)
    for (const { integrity } of archives) expect(lockfile).toContain(integrity)
  })

  test("leave in the image what runs, and nothing else", () => {
    const app = join(image.root, image.workdir)
    expect(readdirSync(app).toSorted()).toEqual(["dist", "node_modules", "package.json"])
    expect(readdirSync(join(app, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["@hookgram"])
    const installed = readdirSync(join(app, "node_modules/.pnpm")).join(" ")
    expect(installed).toContain("@hookgram+core@")
    expect(installed).not.toMatch(/typescript|@types\+node/)
    expect(existsSync(join(folder, "context/.env"))).toBe(false)
    expect(existsSync(join(app, "node_modules/of-another-platform"))).toBe(false)
  })

  test(`make an image whose bot, ${isContained ? "process 1 and nobody's" : "NOT TESTED as process 1"}, is healthy and answers`, async () => {
    const { telegram, port } = await running()
    expect(await health(port)).toBe(0)
    const ana = telegram.user("Ana")
    await ana.send("Hola")
    expect((await ana.nextReply({ timeout: 20_000 })).text).toBe("Hola")
  })

  test("make an image whose bot finishes what it has when it is told to stop, and ends with 0", async () => {
    const { telegram, bot, port } = await running()
    const ana = telegram.user("Ana")
    telegram.refuse({
      method: "sendMessage",
      error: new ApiError(429, "Too Many Requests: retry after 1", { retry_after: 1 }),
    })
    await ana.send("Hola")
    await telegram.until(() => telegram.calls.some(({ method }) => method === "sendMessage"), 20_000)
    bot.signal(image.stopSignal as NodeJS.Signals)
    expect((await ana.nextReply({ timeout: 20_000 })).text).toBe("Hola")
    expect(await bot.exited).toBe(0)
    expect(await health(port)).toBe(1)
  })
})
