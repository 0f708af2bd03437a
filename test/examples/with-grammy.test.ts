import { describeBot } from "./bot.ts"

describeBot("with-grammy")
