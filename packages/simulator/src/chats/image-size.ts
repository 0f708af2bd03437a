/** The width and height of a picture, in pixels. */
export interface ImageSize {
  width: number
  height: number
}

/** How the kinds of pictures begin, and where their size is. */
const kinds: [start: string, at: number, size: (bytes: Buffer) => ImageSize | undefined][] = [
  ["PNG\r\n", 1, (bytes) => ({ width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) })],
  ["GIF8", 0, (bytes) => ({ width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) })],
  ["WEBPVP8X", 8, (bytes) => ({ width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 })],
  ["WEBPVP8L", 8, (bytes) => packed(bytes.readUInt32LE(21))],
  ["WEBPVP8 ", 8, (bytes) => ({ width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff })],
  ["\u00ff\u00d8\u00ff", 0, jpegSize],
]

/** The size that a PNG, GIF, WebP or JPEG file tells at its beginning; nothing of what is no picture. */
export function imageSize(bytes: Buffer): ImageSize | undefined {
  const head = bytes.toString("latin1", 0, 32)
  const size = kinds.find(([start, at]) => head.startsWith(start, at))?.[2]
  try {
    const found = size?.(bytes)
    return found && found.width > 0 && found.height > 0 ? found : undefined
  } catch {
    return undefined
  }
}

function packed(bits: number): ImageSize {
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
}

/** Goes from segment to segment, up to the one that begins the picture. */
function jpegSize(bytes: Buffer): ImageSize | undefined {
  for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes.readUInt8(at + 1)
    const begins = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (begins) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
  }
  return undefined
}
