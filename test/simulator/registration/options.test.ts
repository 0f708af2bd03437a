import { expect, test } from "vitest"
import { checkOptions, type SimulatorOptions } from "../../../packages/simulator/src/options.ts"

test("nothing is required, and undefined is the same as nothing", () => {
  expect(() => checkOptions({})).not.toThrow()
  expect(() => checkOptions({ port: undefined, lookup: undefined } as SimulatorOptions)).not.toThrow()
})

test("good options are taken", () => {
  const options: SimulatorOptions = {
    port: 0,
    host: "::1",
    token: "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
    username: "test_bot",
    clock: "real",
    speed: 60,
    start: new Date(0),
    seed: -1,
    strict: true,
    history: 1,
    patience: 0,
    lookup: async () => [],
  }
  expect(() => checkOptions(options)).not.toThrow()
})

test.each([
  [{ port: 65_536 }, "port: should be a port from 0 to 65535"],
  [{ port: "80" }, "port: should be a port from 0 to 65535"],
  [{ host: "" }, 'host: should be an address such as "127.0.0.1"'],
  [{ token: "123" }, "token: should be a bot token"],
  [{ token: "0123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw" }, "token: should be a bot token"],
  [{ username: "@test_bot" }, "username: should be a name"],
  [{ clock: "fast" }, 'clock: should be "real" or "virtual"'],
  [{ speed: 0 }, "speed: should be a number above 0"],
  [{ speed: Number.NaN }, "speed: should be a number above 0"],
  [{ start: new Date("never") }, "start: should be a valid Date"],
  [{ seed: 0.5 }, "seed: should be a whole number"],
  [{ strict: "yes" }, "strict: should be true or false"],
  [{ history: 0 }, "history: should be a whole number above 0"],
  [{ patience: -1 }, "patience: should be milliseconds, 0 or more"],
  [{ lookup: "dns" }, "lookup: should be a function"],
  [{ speeed: 60 }, "speeed: there is no such option"],
  [{ clock: "virtual", speed: 2 }, "speed: a virtual clock has none"],
])("%j is refused: %s", (options, message) => {
  expect(() => checkOptions(options as unknown as SimulatorOptions)).toThrow(TypeError)
  expect(() => checkOptions(options as unknown as SimulatorOptions)).toThrow(message)
})

test("all that is wrong is named at once", () => {
  const wrong = { port: -1, seed: "x" } as unknown as SimulatorOptions
  expect(() => checkOptions(wrong)).toThrow(/port: .*; seed: /)
})
