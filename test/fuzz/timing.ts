/**
 * The limits of the fuzzed servers, in bytes and milliseconds: short, so that a request that is not completed ends soon.
 * Node's own limit for a whole request is turned off, so that it cannot stand in for ours.
 */
export const BODY_LIMIT = 65_536
export const BODY_TIMEOUT = 1000
export const HEADERS_TIMEOUT = 1000
export const IDLE_TIMEOUT = 10_000

/** Within this a request has ended, with an answer or a closed connection, also on a machine that has much to do. */
export const BOUND = 20_000

/** How long a client that has an answer waits for another one that may come. */
export const QUIET = 1500
