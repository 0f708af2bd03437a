import { beforeEach, describe, expect, test } from "vitest"
import { ana, Scene } from "../methods/scene.ts"

let scene: Scene
beforeEach(() => {
  scene = new Scene()
})

describe("commands", () => {
  const commands = [{ command: "start", description: "Begin" }]

  test("are kept by scope and language", () => {
    expect(scene.ask("getMyCommands")).toEqual([])
    scene.ask("setMyCommands", { commands: [{ command: " /start ", description: " Begin " }] })
    expect(scene.ask("getMyCommands")).toEqual(commands)
    expect(scene.ask("getMyCommands", { scope: { type: "default" } })).toEqual(commands)
    expect(scene.ask("getMyCommands", { language_code: "es" })).toEqual([])
    const scope = { type: "chat", chat_id: ana.id }
    expect(scene.ask("getMyCommands", { scope })).toEqual([])
    scene.ask("setMyCommands", { commands: [{ command: "stop", description: "End" }], scope })
    expect(scene.ask("getMyCommands", { scope })).toMatchObject([{ command: "stop" }])
    scene.ask("deleteMyCommands")
    expect(scene.ask("getMyCommands")).toEqual([])
    expect(scene.ask("getMyCommands", { scope })).toHaveLength(1)
  })

  test.each([
    [{ commands: "x" }, "can't parse commands JSON object"],
    [{ commands: {} }, "expected an Array of BotCommand"],
    [{ commands: ["x"] }, "can't parse BotCommand: expected an Object"],
    [{ commands: [{ command: "x" }] }, `can't parse BotCommand: Can't find field "description"`],
    [{ commands: [{ command: "/", description: "x" }] }, "command must be non-empty"],
    [{ commands: [{ command: "x".repeat(33), description: "x" }] }, "command length must not exceed 32"],
    [{ commands: [{ command: "x", description: " " }] }, "command description must be non-empty"],
    [{ commands: [{ command: "Start", description: "x" }] }, "BOT_COMMAND_INVALID"],
    [{ commands, scope: { type: "room" } }, "can't parse BotCommandScope: Unsupported type specified"],
    [{ commands, scope: { type: "chat", chat_id: 5 } }, "chat not found"],
    [{ commands, language_code: "English" }, "invalid language code specified"],
  ])("%j fails", (given, problem) => {
    expect(scene.fails("setMyCommands", given)).toBe(`400 Bad Request: ${problem}`)
  })
})

describe("what a bot says of itself", () => {
  test("its name, for all languages and for some", () => {
    scene.ask("setMyName", { name: "Planner" })
    scene.ask("setMyName", { name: "Planificador", language_code: "es" })
    expect(scene.ask("getMyName")).toEqual({ name: "Planner" })
    expect(scene.ask("getMyName", { language_code: "es" })).toEqual({ name: "Planificador" })
    expect(scene.ask("getMyName", { language_code: "de" })).toEqual({ name: "Planner" })
    expect(scene.bot.user.first_name).toBe("Planner")
    expect(scene.call("sendMessage", { chat_id: ana.id, text: "x" })).toMatchObject({ from: { first_name: "Planner" } })
  })

  test("its descriptions, which can be taken away", () => {
    scene.ask("setMyDescription", { description: "Makes plans" })
    scene.ask("setMyShortDescription", { short_description: "Plans" })
    expect(scene.ask("getMyDescription")).toEqual({ description: "Makes plans" })
    expect(scene.ask("getMyShortDescription")).toEqual({ short_description: "Plans" })
    scene.ask("setMyDescription")
    expect(scene.ask("getMyDescription")).toEqual({ description: "" })
  })

  test("its menu button, for all and for one person", () => {
    const web_app = { url: "https://example.com/" }
    expect(scene.ask("getChatMenuButton")).toEqual({ type: "commands" })
    scene.ask("setChatMenuButton", { menu_button: { type: "web_app", text: "Open", web_app } })
    scene.ask("setChatMenuButton", { chat_id: ana.id, menu_button: { type: "commands" } })
    expect(scene.ask("getChatMenuButton")).toEqual({ type: "web_app", text: "Open", web_app })
    expect(scene.ask("getChatMenuButton", { chat_id: ana.id })).toEqual({ type: "commands" })
    scene.ask("setChatMenuButton", { chat_id: ana.id })
    expect(scene.ask("getChatMenuButton", { chat_id: ana.id })).toMatchObject({ type: "web_app" })
    expect(scene.fails("setChatMenuButton", { menu_button: { type: "x" } })).toBe(
      "400 Bad Request: can't parse menu button: MenuButton has unsupported type",
    )
  })

  test("the rights it asks for, which differ between groups and channels", () => {
    scene.ask("setMyDefaultAdministratorRights", { rights: { can_pin_messages: true } })
    expect(scene.ask("getMyDefaultAdministratorRights")).toMatchObject({
      can_pin_messages: true,
      can_delete_messages: false,
    })
    const channels = scene.ask("getMyDefaultAdministratorRights", { for_channels: true })
    expect(channels).toMatchObject({ can_post_messages: false })
    expect(channels).not.toHaveProperty("can_pin_messages")
  })
})

test("boosts and business connections are told to whom they concern", () => {
  const chat = scene.room(-1_001_000_000_001, "channel", {}, {})
  expect(scene.ask("getUserChatBoosts", { chat_id: chat.id, user_id: ana.id })).toEqual({ boosts: [] })
  expect(scene.fails("getBusinessConnection", { business_connection_id: "x" })).toBe(
    "400 Bad Request: business connection not found",
  )
})
