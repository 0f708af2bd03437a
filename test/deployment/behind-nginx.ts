import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { type Simulator, startSimulator } from "@hookgram/simulator"
import { onTestFinished } from "vitest"
import { BotProcess } from "./bot-process.ts"
import { deployment, freePort, temporaryFolder } from "./folder.ts"
import { Nginx } from "./nginx.ts"
import { isRoot } from "../support/services.ts"
import { unitOf } from "./unit.ts"

export const secretToken = "A-valid_secret-token-1"

/** How nginx reaches the bot. */
export type Hop = "a port" | "a unix socket"

/** A Telegram, an nginx, and behind it a bot that can be ended and started anew. */
export interface Stage {
  readonly telegram: Simulator
  readonly nginx: Nginx
  /** The port that the bot listens at, if it is one. */
  readonly port: number
  startBot(): Promise<BotProcess>
}

/**
 * Sets a stage on which nothing runs yet but Telegram and nginx.
 *
 * @param variables for the bot, beside those that it cannot do without
 * @param between puts something between nginx and the port of the bot, and gives back its own
 */
export async function setStage(
  hop: Hop,
  variables: Record<string, string> = {},
  between: (port: number) => Promise<number> = (port) => Promise.resolve(port),
): Promise<Stage> {
  const telegram = await startSimulator({ speed: 10, lookup: async () => ["127.0.0.1"] })
  onTestFinished(() => telegram.close())
  const port = await freePort()
  const socket = join(socketFolder(), "bot.sock")
  const nginx = await Nginx.start(hop === "a port" ? `127.0.0.1:${await between(port)}` : `unix:${socket}`)
  const env = {
    PATH: process.env["PATH"]!,
    BOT_TOKEN: telegram.token,
    SECRET_TOKEN: secretToken,
    API_URL: telegram.url,
    WEBHOOK_URL: nginx.url,
    CERTIFICATE: nginx.certificate,
    ...(hop === "a port"
      ? { PORT: String(port), TRUSTED_PROXIES: "127.0.0.1" }
      : { SOCKET: socket, TRUSTED_PROXIES: "" }),
    ...variables,
  }
  const command = ["sh", "-c", `umask ${unit.UMask}; exec "$@"`, "sh", process.execPath, "--import", "tsx", "server.ts"]
  const startBot = () => BotProcess.start(command, { cwd: deployment, env, ...group() })
  return { telegram, nginx, port, startBot }
}

const unit = unitOf("hookgram.service")

/** As root, nginx works as `www-data`, and gets to the socket only because the unit gives the folder to that group. */
function group(): { gid?: number } {
  return isRoot ? { gid: Number(execFileSync("id", ["-g", String(unit.Group)])) } : {}
}

function socketFolder(): string {
  const folder = temporaryFolder()
  execFileSync("chmod", [String(unit.RuntimeDirectoryMode), folder])
  if (isRoot) execFileSync("chgrp", [String(unit.Group), folder])
  return folder
}
