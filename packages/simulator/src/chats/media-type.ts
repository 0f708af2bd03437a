/** The media types of the files that bots send most, by the ends of their names. */
const types: Readonly<Record<string, string>> = {
  csv: "text/csv",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  gif: "image/gif",
  html: "text/html",
  jpg: "image/jpeg",
  json: "application/json",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  pdf: "application/pdf",
  png: "image/png",
  txt: "text/plain",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  zip: "application/zip",
}

/**
 * The media type of a file. Telegram looks at the name if an upload says nothing of its own.
 *
 * @param told what the upload says
 * @param otherwise what it is if neither tells
 */
export function mediaType(name: string, told: string, otherwise: string): string {
  if (told !== "" && told !== "application/octet-stream") return told
  return types[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ""] ?? otherwise
}
