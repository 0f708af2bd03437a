import { existsSync, readFileSync } from "node:fs"
import { type Block, workspace } from "./blocks.ts"

const scripts = Object.keys(
  (JSON.parse(readFileSync(new URL("package.json", workspace), "utf8")) as { scripts: object }).scripts,
)

/** What is wrong with a line of a shell's block, by the command it begins with. `undefined` for nothing. */
const commands: Readonly<Record<string, (words: readonly string[]) => string | undefined>> = {
  pnpm: (words) => pnpm(words),
  npm: (words) => install(words),
  npx: (words) => (words[0] === "-y" ? npx(words.slice(1)) : npx(words)),
  git: ([verb = ""]) => (verb === "clone" ? undefined : `git ${verb} is not what a newcomer should need`),
  cd: () => undefined,
  curl: () => undefined,
  sudo: ([command = "", ...words]) => checkCommand(command, words),
  install: () => undefined,
  openssl: verbs("rand", "req"),
  docker: verbs("build", "run"),
  nginx: verbs("-t"),
  systemctl: verbs("daemon-reload", "enable", "reload"),
  "systemd-analyze": verbs("security"),
  journalctl: verbs("-u"),
  fly: verbs("launch", "deploy", "secrets"),
  railway: verbs("link", "config"),
  ngrok: verbs("http"),
  cloudflared: verbs("tunnel"),
  ssh: verbs("-R"),
  tailscale: verbs("funnel"),
}

/** A program of somebody else's, and what of it our pages use. */
function verbs(...known: readonly string[]): (words: readonly string[]) => string | undefined {
  return ([verb = ""]) => (known.includes(verb) ? undefined : `${verb} is not known here`)
}

function checkCommand(command: string, words: readonly string[]): string | undefined {
  const check = commands[command]
  return check ? check(words) : `${command} is not a command that is known here`
}

function npx([tool = "", ...words]: readonly string[]): string | undefined {
  if (/^pnpm(@\d+)?$/.test(tool)) return pnpm(words)
  if (tool === "tsx" || tool === "vitest") return missing(words)
  return `${tool} is not a tool of this workspace`
}

function pnpm([verb = "", ...words]: readonly string[]): string | undefined {
  if (["add", "install", "i"].includes(verb)) return install([verb, ...words])
  const script = verb === "run" ? (words[0] ?? "") : verb
  return scripts.includes(script) ? undefined : `there is no script ${script}`
}

function install([verb = "", ...names]: readonly string[]): string | undefined {
  if (!["add", "install", "i"].includes(verb)) return `${verb} installs nothing`
  const ours = names.filter((name) => name.startsWith("@hookgram/"))
  const unknown = ours.filter((name) => !existsSync(new URL(name.replace("@hookgram/", "packages/"), workspace)))
  return unknown.length > 0 ? `there is no package ${unknown.join(", ")}` : undefined
}

function missing(words: readonly string[]): string | undefined {
  const absent = words.filter((word) => /^[\w.-]+\//.test(word) && !existsSync(new URL(word, workspace)))
  return absent.length > 0 ? `there is no ${absent.join(", ")}` : undefined
}

/** What is wrong with the commands of a block for a shell: each must be one that is known here and name what exists. */
export function commandErrors({ file, line, code }: Block): string[] {
  return code.split("\n").flatMap((text, index) => {
    const [command, ...words] = text
      .replace(/(^|\s)#.*$/, "")
      .replace(/^\s*\$ /, "")
      .trim()
      .replace(/^(\w+=\S*\s+)+/, "")
      .split(/\s+/)
    if (command === undefined || command === "") return []
    const error = checkCommand(command, words)
    return error === undefined ? [] : [`${file}:${line + index}: ${error}`]
  })
}
