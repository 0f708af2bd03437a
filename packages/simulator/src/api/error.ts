import type { ResponseParameters } from "@grammyjs/types"

/** A Bot API call that failed: what the caller is told (facts, 8.3). */
export class ApiError extends Error {
  override readonly name = "ApiError"
  /** The `error_code`, and the status of the HTTP response. */
  readonly code: number
  readonly parameters: ResponseParameters | undefined

  /** @param description the whole `description`, such as `Bad Request: chat not found` */
  constructor(code: number, description: string, parameters?: ResponseParameters) {
    super(description)
    this.code = code
    this.parameters = parameters
  }
}

/** 400, as `Bad Request: chat not found`. */
export function badRequest(reason: string): ApiError {
  return new ApiError(400, `Bad Request: ${reason}`)
}

/** 429: to be repeated after so many seconds. */
export function tooManyRequests(seconds: number): ApiError {
  return new ApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })
}
