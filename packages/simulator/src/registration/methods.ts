import type { Method } from "../api/method.ts"
import { close, logOut } from "./account.ts"

/** The methods of a bot's account: its webhook, its updates, and itself. */
export const registrationMethods: Record<string, Method> = {
  setWebhook: ({ bot, parameters }) => bot.registration.set(parameters),
  deleteWebhook: ({ bot, parameters }) => bot.registration.delete(parameters.boolean("drop_pending_updates")),
  getWebhookInfo: ({ bot }) => bot.registration.info(),
  getUpdates: ({ bot, parameters, signal }) => bot.polling.get(parameters, signal),
  getMe: ({ bot }) => bot.user,

  logOut({ bot }) {
    logOut(bot)
    return true
  },

  close({ bot }) {
    close(bot)
    return true
  },
}
