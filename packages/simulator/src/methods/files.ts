import type { File, UserProfilePhotos } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import { fileIds } from "../chats/media.ts"
import { inputFile } from "./input-file.ts"

/** The most that a bot can download, in bytes. */
const LARGEST_DOWNLOAD = 20 * 1024 * 1024

export const files: Record<string, Method> = {
  getFile: ({ parameters, world }): File => {
    const id = parameters.text("file_id")
    if (id === "") throw badRequest("file_id not specified")
    const file = world.files.byId(id)
    if (!file) throw badRequest("invalid file_id")
    if (file.file_size > LARGEST_DOWNLOAD) throw badRequest("file is too big")
    return { ...fileIds(file), file_path: file.file_path }
  },

  getUserProfilePhotos: (call): UserProfilePhotos => {
    checkUser(call)
    return { total_count: 0, photos: [] }
  },

  uploadStickerFile: (call): File => {
    checkUser(call)
    const file = inputFile(call, "sticker", call.parameters.text("sticker"), "sticker")
    if (!file) throw badRequest("there is no sticker in the request")
    return { ...fileIds(file), file_path: file.file_path }
  },
}

/** Fails unless the call names somebody by `user_id`. */
function checkUser({ parameters, world }: Call): void {
  const id = parameters.integer("user_id")
  if (id <= 0) throw badRequest("invalid user_id specified")
  if (!world.users.has(id)) throw badRequest("user not found")
}
