import { describeBot } from "./bot.ts"

describeBot("with-telegraf")
