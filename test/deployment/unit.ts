import { deploymentFile } from "./folder.ts"

/** The settings of a systemd unit, of all its sections. What is set several times, such as `Environment`, is a list. */
export type Unit = Readonly<Record<string, string | readonly string[]>>

export function unitOf(name: string): Unit {
  const unit: Record<string, string | string[]> = {}
  for (const line of deploymentFile(name).split("\n")) {
    const [, key, value = ""] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? []
    if (key === undefined) continue
    const before = unit[key]
    unit[key] = before === undefined ? value : [...[before].flat(), value]
  }
  return unit
}
