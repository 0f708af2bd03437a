// Run as a program: imports each of the modules it is given, one after the other, and prints those that fail, with the error.
let failure: string | undefined

process.on("unhandledRejection", (error) => (failure ??= describe(error)))
process.on("uncaughtException", (error) => (failure ??= describe(error)))

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}

for (const path of process.argv.slice(2)) {
  failure = undefined
  try {
    await import(path)
    await new Promise(setImmediate)
  } catch (error) {
    failure ??= describe(error)
  }
  // Which node:test sets.
  if (process.exitCode) failure ??= "a test in it has failed"
  process.exitCode = undefined
  console.log(JSON.stringify({ path, failure: failure ?? null }))
}

process.exit()
