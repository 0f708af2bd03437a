import { execFileSync, spawnSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { request } from "node:http"
import { join } from "node:path"
import { startSimulator } from "@hookgram/simulator"
import { describe, expect, onTestFinished, test } from "vitest"
import { BotProcess } from "./bot-process.ts"
import { deployment, deploymentFile, substituted, temporaryFolder } from "./folder.ts"
import { isRoot, service } from "../support/services.ts"
import { unitOf } from "./unit.ts"

const { path: systemdAnalyze, absent } = service("systemd-analyze", "hookgram.service")
const unit = unitOf("hookgram.service")

/** The exposure level from which systemd calls a unit OK, times 10; without its hardening this one is at 9.6. */
const LEVEL = 20

/** The unit as a file of its own name, with these values in the place of others. */
function written(values: Readonly<Record<string, string>> = {}): string {
  const path = join(temporaryFolder(), "hookgram.service")
  writeFileSync(path, substituted(deploymentFile("hookgram.service"), values))
  return path
}

describe.skipIf(absent !== undefined)(absent ?? "hookgram.service, looked at by systemd", () => {
  test("has no fault", () => {
    // The program and its folder are elsewhere here.
    const path = written({ "/usr/bin/node": process.execPath, "/srv/my-bot": "/srv" })
    // To an unknown key it has an objection, but no exit code.
    const { status, stderr } = spawnSync(systemdAnalyze, ["verify", path], { encoding: "utf8" })
    expect([status, stderr]).toEqual([0, ""])
  })

  test("is hardened", () => {
    const args = ["security", "--offline=true", `--threshold=${LEVEL}`, "--no-pager", written()]
    expect(execFileSync(systemdAnalyze, args, { encoding: "utf8" })).toContain("Overall exposure level")
  })
})

describe("hookgram.service", () => {
  test("gives the bot more time to end than it takes", () => {
    const [, drainTimeout] = /drainTimeout: (\d+)/.exec(deploymentFile("server.ts")) ?? []
    expect(Number(unit["TimeoutStopSec"]) * 1000).toBeGreaterThan(Number(drainTimeout) + 1000)
  })

  test("lets V8 compile", () => {
    expect(unit["MemoryDenyWriteExecute"]).toBeUndefined()
  })

  test("starts a bot at a socket that its group can reach, and others cannot; the bot ends on the unit's signal", async () => {
    const telegram = await startSimulator()
    onTestFinished(() => telegram.close())
    const folder = temporaryFolder()
    // Source, run by tsx, in the place of what was built of it; the built program is run by docker.test.ts.
    const command = substituted(String(unit["ExecStart"]), {
      "/usr/bin/node": `${process.execPath} --import tsx`,
      "dist/server.js": "server.ts",
    })
    const variables = [unit["Environment"]].flat().map((pair) => String(pair).split("=", 2) as [string, string])
    const socket = join(folder, "bot.sock")
    const env = {
      ...Object.fromEntries(variables),
      SOCKET: substituted(Object.fromEntries(variables)["SOCKET"] ?? "", { "/run/hookgram/bot.sock": socket }),
      BOT_TOKEN: telegram.token,
      SECRET_TOKEN: "s3cret",
      API_URL: telegram.url,
    }
    const group = isRoot ? { gid: Number(execFileSync("id", ["-g", String(unit["Group"])])) } : {}
    const bot = await BotProcess.start(["sh", "-c", `umask ${unit["UMask"] as string}; exec ${command}`], {
      cwd: deployment,
      env,
      ...group,
    })
    expect(execFileSync("stat", ["-c", "%A %G", socket], { encoding: "utf8" }).trim()).toBe(
      isRoot ? `srwxrwx--- ${unit["Group"] as string}` : expect.stringMatching(/^srwxrwx---/),
    )
    expect(await get(socket, "/health/ready")).toBe(200)
    bot.signal(unit["KillSignal"] as NodeJS.Signals)
    expect(await bot.exited).toBe(0)
  })
})

function get(socketPath: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ socketPath, path }, (response) => resolve(response.resume().statusCode ?? 0))
      .on("error", reject)
      .end()
  })
}
