/** What {@link offerScript} says: no question waits for this. */
export const NOBODY = 0

/** What {@link offerScript} says: whoever has asked was told. Anything else: it was taken before. */
export const HANDED = 1

/**
 * A question takes the place of another one, whose process is told.
 *
 * KEYS: the question. ARGV: its id, which begins with the channel of its process; milliseconds to keep it; what it is found by in there.
 */
export const openScript: string = `
local old = redis.call("GET", KEYS[1])
redis.call("SET", KEYS[1], ARGV[1], "PX", ARGV[2])
if old then
  redis.call("PUBLISH", string.match(old, "^(.*)#"), cjson.encode({ replaced = old, key = ARGV[3] }))
end`

/**
 * Hands an update to the process that has asked, unless that is gone.
 *
 * KEYS: the question; that this update was taken. ARGV: the update, as a letter.
 */
export const offerScript: string = `
if redis.call("EXISTS", KEYS[2]) == 1 then return 2 end
local id = redis.call("GET", KEYS[1])
if not id or redis.call("PUBLISH", string.match(id, "^(.*)#"), ARGV[1]) == 0 then return ${NOBODY} end
return ${HANDED}`

/**
 * A question is over, by an answer or without.
 *
 * KEYS: the question; if there was an answer, that this update was taken. ARGV: the question's id; milliseconds to remember that.
 */
export const closeScript: string = `
if redis.call("GET", KEYS[1]) == ARGV[1] then redis.call("DEL", KEYS[1]) end
if KEYS[2] then redis.call("SET", KEYS[2], 1, "PX", ARGV[2]) end`
