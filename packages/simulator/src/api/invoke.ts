import type { ApiCall } from "../journal.ts"
import { plausible } from "../methods/plausible.ts"
import { enter } from "../registration/account.ts"
import { type Envelope, brokenMethod, failure, readableEnvelope, success } from "./envelope.ts"
import { ApiError } from "./error.ts"
import type { Call, Method } from "./method.ts"
import { methodName } from "./names.ts"

/** What there is to call. */
export interface Methods {
  /** The modelled methods by their names in lower case. */
  readonly methods: ReadonlyMap<string, Method>
  /** Told what a method threw that is no {@link ApiError}: a fault of the simulator. */
  readonly onBug: (error: unknown) => void
}

/**
 * Calls a method, whatever the case of its name, and writes the call down in the journal. One that is not modelled is
 * answered plausibly. Never rejects.
 */
export async function invoke({ methods, onBug }: Methods, call: Call, via: ApiCall["via"]): Promise<Envelope> {
  const { clock, journal } = call.world
  const name = methodName(call.method)
  const method = name === undefined ? notFound : (methods.get(name.toLowerCase()) ?? plausible)
  const entry = journal.call({
    bot: call.bot.id,
    method: name ?? call.method,
    parameters: call.parameters.toJSON(),
    via,
    startedAt: clock.now(),
    modelled: method !== notFound && method !== plausible,
  })
  const answer = await run(method, { ...call, method: name ?? call.method }, onBug)
  entry.endedAt = clock.now()
  entry.answer = readableEnvelope(answer)
  journal.tell({ type: "call", call: entry })
  clock.changed()
  return answer
}

async function run(method: Method, call: Call, onBug: Methods["onBug"]): Promise<Envelope> {
  try {
    enter(call.bot, call.method)
    const refusal = call.world.services.refusals.take(call.method)
    return refusal ? failure(refusal) : success(await method(call))
  } catch (error) {
    if (error instanceof ApiError) return failure(error)
    onBug(error)
    return brokenMethod
  }
}

function notFound(): never {
  throw new ApiError(404, "Not Found: method not found")
}
