import type { MessageEntity } from "@grammyjs/types"
import { type Entity, sorted } from "./entity.ts"
import { findAddresses } from "./detect-address.ts"
import { apart } from "./nest.ts"

/** What counts as part of a word, and of a hashtag, as a set of a regular expression. */
const word = String.raw`\p{L}\p{N}_`
const tag = String.raw`\p{L}\p{Nd}_\u200c\u00b7\u0d80-\u0dff`
const username = "[a-zA-Z0-9_]{3,32}"

const mention = new RegExp(`(?<![${word}])@([a-zA-Z0-9_]{2,32})(?![${word}])`, "gu")
const shortUsernames: ReadonlySet<string> = new Set(["gif", "nft", "pic", "ufc", "vid"])
const command = new RegExp(`(?<![${word}/<>])/[a-zA-Z0-9_]{1,64}(?:@${username}|(?!@))(?![${word}/<>])`, "gu")
const hashtag = new RegExp(`(?<![${tag}])#([${tag}]{1,256})(?![${tag}])(?:@${username})?`, "gu")
const cashtag = new RegExp(`(?<![$${tag}])\\$(?:1INCH|[A-Z]{1,8})(?:@${username})?(?![$${tag}])`, "gu")
const phoneNumber = new RegExp(String.raw`(?<![${word}+])\+\d(?:[ ()-]{0,2}\d){7,14}(?![${word}-])`, "gu")

/**
 * What Telegram finds in a text by itself: commands, mentions, hashtags, cashtags, links, e-mail addresses and phone
 * numbers. None overlaps another.
 */
export function detect(text: string): MessageEntity[] {
  const found: Entity[] = [
    ...findAll(text, "mention", mention, ([, name = ""]) => name.length > 3 || shortUsernames.has(name.toLowerCase())),
    ...findAll(text, "bot_command", command),
    ...findAll(text, "hashtag", hashtag, isHashtag),
    ...findAll(text, "cashtag", cashtag),
    ...findAll(text, "phone_number", phoneNumber),
    ...findAddresses(text),
  ]
  return apart(sorted(found)) as MessageEntity[]
}

function findAll(
  text: string,
  type: Entity["type"],
  pattern: RegExp,
  accept: (match: RegExpExecArray) => boolean = () => true,
): Entity[] {
  return [...text.matchAll(pattern)].filter(accept).map(({ index, 0: { length } }) => ({ type, offset: index, length }))
}

/** A hashtag has a letter, at most 256 characters, and no `#` after it. */
function isHashtag({ 0: whole, 1: name = "", index, input }: RegExpExecArray): boolean {
  return /\p{L}/u.test(name) && input[index + whole.length] !== "#"
}
