import { execFile } from "node:child_process"
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { createRailwayContext } from "railway/iac"
import { parse } from "smol-toml"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { workspace } from "../documentation/blocks.ts"
import { deployment, deploymentFile } from "./folder.ts"
import { parseDockerfile } from "./image.ts"

const server = deploymentFile("server.ts")

/** How long the bot may take to end, in seconds: what it drains, and connections that are still open. */
const ending = Number(/drainTimeout: (\d+)/.exec(server)?.[1]) / 1000 + 1

const webhookPath = /path: "([^"]+)"/.exec(server)?.[1]

/** A load balancer must not ask for Telegram's view: one failed delivery would take the bot out of service. */
const readiness = "/health/ready"

const imageVariables = parseDockerfile(deploymentFile("Dockerfile")).filter(({ keyword }) => keyword === "ENV")

describe("fly.toml", () => {
  const config = parse(deploymentFile("fly.toml")) as unknown as {
    app: string
    kill_signal: string
    kill_timeout: number
    env: Record<string, string>
    http_service: {
      internal_port: number
      auto_stop_machines: string
      checks: { path: string; method: string }[]
    }
  }

  test("ends the bot by a signal that it listens to, and waits for it", () => {
    expect(["SIGTERM", "SIGINT"]).toContain(config.kill_signal)
    expect(config.kill_timeout).toBeGreaterThan(ending)
    expect(config.kill_timeout).toBeLessThanOrEqual(300) // Fly's maximum
  })

  test("asks at the port that the bot listens at, whether it is ready", () => {
    expect(String(config.http_service.internal_port)).toBe(config.env["PORT"])
    expect(config.http_service.checks.map(({ method, path }) => [method, path])).toEqual([["GET", readiness]])
  })

  test("registers the webhook's path, and no secrets are in it", () => {
    expect(config.env["WEBHOOK_URL"]).toBe(`https://${config.app}.fly.dev${webhookPath}`)
    expect(Object.keys(config.env).toSorted()).toEqual(["PORT", "WEBHOOK_URL"])
    expect(server).toMatch(/\bWEBHOOK_URL\b[^]*\bPORT\b/)
  })

  test("stops no machine whose bot still works after its answer", () => {
    expect(config.http_service.auto_stop_machines).toBe("off")
  })
})

describe(".railway/railway.ts", { timeout: 60_000 }, () => {
  const here = fileURLToPath(new URL("./", import.meta.url))
  const run = promisify(execFile)
  let folder: string

  beforeAll(() => {
    // Beside the packages of the tests, one of which is Railway's.
    folder = mkdtempSync(join(here, ".railway-"))
    cpSync(join(deployment, ".railway/railway.ts"), join(folder, "railway.ts"))
    const options = { module: "nodenext", target: "es2023", strict: true, noEmit: true, types: [], skipLibCheck: true }
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["railway.ts"] }))
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test("is what Railway's own package takes", async () => {
    const compiler = fileURLToPath(new URL("node_modules/.bin/tsc", workspace))
    const { stdout } = await run(compiler, ["-p", folder]).catch((error: { stdout: string }) => error)
    expect(stdout).toBe("")
  })

  test("asks whether the bot is ready, waits for it at its end, never lets it sleep, and keeps secrets where they are", async () => {
    const { default: define } = (await import(join(folder, "railway.ts"))) as { default: Define }
    const { resources } = await define(createRailwayContext({ command: "plan", environmentName: "production" }))
    expect(resources).toMatchObject([
      {
        type: "service",
        deploy: { healthcheckPath: readiness, sleepApplication: false },
        variables: {
          BOT_TOKEN: { type: "preserve" },
          SECRET_TOKEN: { type: "preserve" },
          WEBHOOK_URL: { value: `https://\${{RAILWAY_PUBLIC_DOMAIN}}${webhookPath}` },
        },
      },
    ])
    expect(resources[0]?.deploy.drainingSeconds).toBeGreaterThan(ending)
  })
})

type Define = (context: unknown) => Promise<{ readonly resources: readonly Resource[] }>

interface Resource {
  readonly deploy: { readonly drainingSeconds: number }
}

test("the image says at which port the bot listens, and exposes it", () => {
  const [, port] = /\bPORT=(\d+)/.exec(imageVariables.map(({ rest }) => rest).join(" ")) ?? []
  expect(server).toContain(`PORT = "${port}"`)
  expect(deploymentFile("Dockerfile")).toContain(`EXPOSE ${port}\n`)
})
