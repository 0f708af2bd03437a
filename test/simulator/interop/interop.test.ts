import { describe, expect, test } from "vitest"
import { kindNames } from "../../../packages/simulator/src/updates/kinds.ts"
import { recorded } from "../../support/updates.ts"
import { conversation } from "./conversation.ts"
import { hold, kindOf, type Transcript } from "./hold.ts"
import { libraries } from "./libraries.ts"
import { modes } from "./modes.ts"

const transcripts: Transcript[] = []

describe.each(libraries)("a bot of $name", (library) => {
  test.each(modes)(
    "holds the conversation $name, and nobody can tell the difference",
    async (mode) => {
      const transcript = await hold(library, mode)
      expect(transcript.steps).toEqual(
        conversation.map(({ name, sees, kinds }) => ({ name, sees, kinds: kinds.toSorted() })),
      )
      expect(transcript.account).toEqual({ username: "simulated_bot", webhook: mode.webhook, webhookAfterwards: false })
      expect(transcript.recorded.got).toEqual(transcript.recorded.delivered)

      transcripts.push(transcript)
      const [first] = transcripts
      expect(transcript.chats).toEqual(first?.chats)
      expect(transcript.recorded.got).toEqual(first?.recorded.got)
    },
    60_000,
  )
})

test("the recorded updates that a bot got were of nearly every kind", () => {
  const kinds = new Set(transcripts[0]?.recorded.got.map(kindOf))
  const none = kindNames.filter((kind) => !kinds.has(kind))
  // Nobody has recorded these: two are not in the public documentation, and one is too new.
  expect(none).toEqual(["custom_event", "custom_query", "stopped_message_generation"])
  expect(transcripts[0]?.recorded.got.length).toBeGreaterThan(recorded.length * 0.9)
})
