import { readdirSync, readFileSync } from "node:fs"
import type { Update } from "@hookgram/core"

const folder = new URL("../fixtures/updates/", import.meta.url)

/** A recorded update: its file's name without `.json`, and the update. */
export interface Recorded {
  readonly name: string
  readonly update: Update
}

/** All recorded updates, sorted by name. `test/fixtures/updates/README.md` says where each comes from. */
export const recorded: readonly Recorded[] = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .toSorted()
  .map((file) => ({
    name: file.slice(0, -".json".length),
    update: JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Update,
  }))

/** One recorded update by its name, with another `update_id` if that is given. */
export function recordedUpdate(name: string, update_id?: number): Update {
  const found = recorded.find((each) => each.name === name)
  if (!found) throw new Error(`There is no recorded update ${name}`)
  return update_id === undefined ? found.update : { ...found.update, update_id }
}
