/** `pnpm peers`: observes what becomes of an update with each library when something goes wrong, and writes the page. */
import { writeFileSync } from "node:fs"
import { observeAll } from "./observe-all.ts"
import { report } from "./report.ts"
import { subjects, variants } from "./subjects.ts"

const page = report(await observeAll([...subjects, ...variants]))
writeFileSync(new URL("../../../docs/peers-under-faults.md", import.meta.url), page)
process.stdout.write(page)
