import { afterEach, describe, test } from "vitest"
import { type Application, startApplication } from "../support/application.ts"
import { mounts } from "../support/mounts.ts"
import { cases } from "./cases.ts"

const started: Application[] = []

afterEach(async () => {
  await Promise.all(started.splice(0).map((application) => application.stop()))
})

describe.each(mounts)("$name", (mount) => {
  for (const { id, level, rests, title, run } of cases) {
    const reason = mount.cannot?.[id]
    test.skipIf(reason !== undefined)(
      `${id} (${level}, ${rests}): ${title}${reason === undefined ? "" : `; cannot: ${reason}`}`,
      async () => {
        await run(async (options) => {
          const application = await startApplication(mount, options)
          started.push(application)
          return application
        })
      },
    )
  }
})
