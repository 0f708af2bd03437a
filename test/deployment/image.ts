import { execFile } from "node:child_process"
import { cpSync, existsSync, mkdirSync, readdirSync } from "node:fs"
import { basename, join } from "node:path"
import { promisify } from "node:util"

/** An instruction of a Dockerfile. */
export interface Instruction {
  readonly keyword: string
  /** What stands behind it, in one line. */
  readonly rest: string
}

export function parseDockerfile(text: string): Instruction[] {
  const lines = text.replace(/^\s*#.*\n/gm, "").replaceAll(/\\\n/g, " ")
  return lines
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => ({ keyword: line.split(/\s/, 1)[0]!.toUpperCase(), rest: line.replace(/^\S+\s*/, "") }))
}

/** What an image has beside its files. */
interface Stage {
  readonly name: string
  /** The folder that stands for its `/`. */
  readonly root: string
  env: Record<string, string>
  workdir: string
  user: string
  command: readonly string[]
  healthcheck: readonly string[]
  stopSignal: string
}

/**
 * Runs the steps of a Dockerfile, with a folder in the place of each stage's file system and this machine's programs in the
 * place of the base image's. What it does not know, it refuses.
 *
 * @param context the folder of what is built, without what `.dockerignore` keeps out
 * @param env for all steps, beside what the Dockerfile says
 * @returns the last stage
 */
export async function build(
  dockerfile: string,
  { context, folder, env }: { context: string; folder: string; env: Record<string, string> },
): Promise<Stage> {
  const stages: Stage[] = []
  for (const { keyword, rest } of parseDockerfile(dockerfile)) {
    if (keyword === "FROM") {
      stages.push(newStage(rest, join(folder, `stage-${stages.length}`)))
      continue
    }
    const stage = stages.at(-1)!
    const step = steps[keyword]
    if (!step) throw new Error(`${keyword} is not known here`)
    await step(stage, rest, { context, stages, env })
  }
  return stages.at(-1)!
}

interface Surroundings {
  readonly context: string
  readonly stages: readonly Stage[]
  readonly env: Record<string, string>
}

const steps: Readonly<Record<string, (stage: Stage, rest: string, around: Surroundings) => unknown>> = {
  WORKDIR: (stage, rest) => {
    stage.workdir = rest
    mkdirSync(inStage(stage, rest), { recursive: true })
  },
  ENV: (stage, rest) => Object.assign(stage.env, Object.fromEntries(rest.split(" ").map((pair) => pair.split("=", 2)))),
  COPY: copy,
  RUN: run,
  USER: (stage, rest) => (stage.user = rest),
  EXPOSE: () => {},
  STOPSIGNAL: (stage, rest) => (stage.stopSignal = rest),
  HEALTHCHECK: (stage, rest) => (stage.healthcheck = JSON.parse(rest.slice(rest.indexOf("["))) as string[]),
  CMD: (stage, rest) => (stage.command = JSON.parse(rest) as string[]),
}

function newStage(rest: string, root: string): Stage {
  const [image = "", , name = ""] = rest.split(" ")
  if (!/^node:\d+-slim$/.test(image)) throw new Error(`${image}: only images of Node can be played here`)
  mkdirSync(root, { recursive: true })
  return { name, root, env: {}, workdir: "/", user: "root", command: [], healthcheck: [], stopSignal: "SIGTERM" }
}

/** Where a path of a stage is on this machine. */
function inStage({ root, workdir }: Stage, path: string): string {
  return path.startsWith("/") ? join(root, path) : join(root, workdir, path)
}

function copy(stage: Stage, rest: string, { context, stages }: Surroundings): void {
  const words = rest.split(/\s+/)
  const [, from] = /^--from=(\w+)$/.exec(words[0] ?? "") ?? []
  const source = from === undefined ? undefined : stages.find(({ name }) => name === from)
  if (from !== undefined) words.shift()
  const target = words.pop() ?? ""
  for (const word of words) {
    const path = source ? inStage(source, word) : join(context, word)
    if (!existsSync(path)) throw new Error(`COPY ${rest}: there is no ${word}`)
    const to = inStage(stage, target)
    // A folder is copied without its name, a file into a target that ends with a slash keeps it.
    cpSync(path, target.endsWith("/") ? join(to, basename(path)) : to, { recursive: true, verbatimSymlinks: true })
  }
}

async function run(stage: Stage, command: string, { env }: Surroundings): Promise<void> {
  const prefix = join(stage.root, "usr/local")
  const variables = {
    ...env,
    ...stage.env,
    PATH: `${join(prefix, "bin")}:${env["PATH"]}`,
    npm_config_prefix: prefix,
  }
  const options = { cwd: inStage(stage, "."), env: variables, timeout: 500_000 }
  await promisify(execFile)("sh", ["-c", command], options).catch(
    (error: Error & { stdout: string; stderr: string }) => {
      throw new Error(`RUN ${command}: ${error.message}\n${error.stdout}\n${error.stderr}`)
    },
  )
}

/** Copies into a folder what a build may see of a project. Knows of `.dockerignore` no more than `*` and exceptions to it. */
export function copyContext(project: string, ignore: string, folder: string): void {
  const lines = ignore.split("\n").filter((line) => line !== "" && !line.startsWith("#"))
  if (lines[0] !== "*" || !lines.slice(1).every((line) => /^![\w.-]+$/.test(line))) {
    throw new Error("This .dockerignore is more than a list of what is let in")
  }
  const allowed = new Set(lines.slice(1).map((line) => line.slice(1)))
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(project)) {
    if (allowed.has(name)) cpSync(join(project, name), join(folder, name), { recursive: true })
  }
}
