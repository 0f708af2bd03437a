import { createApi } from "./api/server.ts"
import { World } from "./chats/world.ts"
import { RealClock } from "./clock/real.ts"
import { VirtualClock } from "./clock/virtual.ts"
import { Journal } from "./journal.ts"
import { checkOptions, type SimulatorOptions } from "./options.ts"
import { Page } from "./page/page.ts"
import { Random } from "./random.ts"
import { Services } from "./registration/services.ts"
import { SimulatorServer } from "./server.ts"
import { newToken, Simulator } from "./simulator.ts"

/** Telegram's time at the start of a virtual clock with a seed, so that all of it repeats itself. */
const EPOCH = Date.UTC(2026, 0, 1)

/**
 * Starts a Telegram of one's own on this machine, with a Bot API at its `url` and a page to chat with the bot.
 *
 * @example
 * const telegram = await startSimulator()
 * const ana = telegram.user("Ana")
 * await ana.send("Hola")
 * const reply = await ana.nextReply()
 * await telegram.close()
 *
 * @throws a `TypeError` that names every wrong option, or what `node:http` says when it cannot listen
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  checkOptions(options)
  const { port = 0, host = "127.0.0.1", strict = false, history = 10_000, speed = 1, patience = 1000 } = options
  const isVirtual = options.clock === "virtual"
  const origin = options.start?.getTime() ?? (isVirtual && options.seed !== undefined ? EPOCH : Date.now())
  const clock = isVirtual ? new VirtualClock(origin, patience) : new RealClock(speed, origin)
  const random = new Random(options.seed ?? Math.floor(Math.random() * 2 ** 32))
  const services = new Services(clock, strict, options.lookup)
  const world = new World(clock, random, new Journal(history), services)
  const bot = world.addBot(options.token ?? newToken(world), { username: options.username ?? "simulated_bot" })
  const page = new Page(world, { webhookInfo: (one) => one.registration.info() })
  const server = new SimulatorServer(createApi(world), (request, response) => void page.handle(request, response))
  await server.listen(port, host)
  return new Simulator(world, clock, bot, server)
}
