import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import type { Chat } from "../chats/chat.ts"
import { fileIds, photoSizes } from "../chats/media.ts"
import { inOneLine, shortened } from "../text/characters.ts"
import { permissionsOf } from "./chat-permissions.ts"
import { needRight, notPrivate, onlySupergroup } from "./chat-rights.ts"
import { inputFile } from "./input-file.ts"
import { say } from "./send.ts"
import { targetChat } from "./target.ts"

/** In characters. */
const LONGEST_TITLE = 128
const LONGEST_DESCRIPTION = 255

/** The methods that change what a chat is called, how it looks, and what its members may do. */
export const chatSettings: Record<string, Method> = {
  setChatTitle(call) {
    const chat = targetChat(call)
    const title = shortened(inOneLine(call.parameters.text("title")), LONGEST_TITLE)
    if (title === "") throw badRequest("title must be non-empty")
    checkChange(call, chat, "title")
    if (chat.traits.title === title) return true
    chat.traits = { ...chat.traits, title }
    return say(call, chat, { new_chat_title: title })
  },

  setChatDescription(call) {
    const chat = targetChat(call)
    notPrivate(chat, "can't change private chat description")
    const description = shortened(call.parameters.text("description").trim(), LONGEST_DESCRIPTION)
    needRight(call, chat, "can_change_info", "not enough rights to set chat description")
    if ((chat.info.description ?? "") === description) throw badRequest("chat description is not modified")
    chat.info.description = description
    return true
  },

  setChatPhoto(call) {
    if (!call.parameters.file("photo")) {
      const isEmpty = call.parameters.text("photo") === ""
      throw badRequest(isEmpty ? "there is no photo in the request" : "photo must be uploaded as an InputFile")
    }
    const chat = targetChat(call)
    checkChange(call, chat, "photo")
    const file = inputFile(call, "photo", call.parameters.text("photo"), "photo")
    if (!file) throw badRequest("there is no photo in the request")
    const { file_id, file_unique_id } = fileIds(file)
    chat.info.photo = {
      small_file_id: file_id,
      small_file_unique_id: file_unique_id,
      big_file_id: file_id,
      big_file_unique_id: file_unique_id,
    }
    return say(call, chat, { new_chat_photo: photoSizes(file, { width: 640, height: 640 }) })
  },

  deleteChatPhoto(call) {
    const chat = targetChat(call)
    checkChange(call, chat, "photo")
    if (!chat.info.photo) throw badRequest("CHAT_NOT_MODIFIED")
    delete chat.info.photo
    return say(call, chat, { delete_chat_photo: true })
  },

  setChatPermissions(call) {
    const permissions = permissionsOf(call)
    const chat = targetChat(call)
    notPrivate(chat, "can't change private chat permissions")
    if (chat.type === "channel") throw badRequest("can't change channel chat permissions")
    needRight(call, chat, "can_restrict_members", "not enough rights to change chat permissions")
    chat.info.permissions = permissions
    return true
  },

  setChatStickerSet(call) {
    const chat = stickerChat(call)
    chat.info.sticker_set_name = call.parameters.text("sticker_set_name")
    return true
  },

  deleteChatStickerSet(call) {
    const chat = stickerChat(call)
    delete chat.info.sticker_set_name
    return true
  },
}

function checkChange(call: Call, chat: Chat, what: "title" | "photo"): void {
  notPrivate(chat, `can't change private chat ${what}`)
  needRight(call, chat, "can_change_info", `not enough rights to change chat ${what}`)
}

function stickerChat(call: Call): Chat {
  const chat = targetChat(call)
  onlySupergroup(chat)
  needRight(call, chat, "can_change_info", "not enough rights to change supergroup sticker set")
  return chat
}
