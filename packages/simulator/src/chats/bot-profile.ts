import type { BotCommand, ChatAdministratorRights, MenuButton } from "@grammyjs/types"

/** What a bot says of itself, as it set it by its own methods. */
export class BotProfile {
  /** By scope and language, as `commandsKey` of the method writes them. */
  readonly commands: Map<string, BotCommand[]> = new Map()
  /** By language; "" is for all others. */
  readonly names: Map<string, string> = new Map()
  readonly descriptions: Map<string, string> = new Map()
  readonly shortDescriptions: Map<string, string> = new Map()
  /** By the user's id; 0 is for all others. */
  readonly menuButtons: Map<number, MenuButton> = new Map()
  readonly administratorRights: { groups?: ChatAdministratorRights; channels?: ChatAdministratorRights } = {}
}
