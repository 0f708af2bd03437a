import { expect, test } from "vitest"
import { describeSocketError } from "../../../packages/simulator/src/delivery/system-error.ts"

test.each([
  ["ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:9", "Connection refused"],
  ["ECONNRESET", "read ECONNRESET", "Connection reset by peer"],
  ["ETIMEDOUT", "connect ETIMEDOUT", "Connection timed out"],
  ["EHOSTUNREACH", "connect EHOSTUNREACH", "No route to host"],
  ["ENETUNREACH", "connect ENETUNREACH", "Network is unreachable"],
  ["EPIPE", "write EPIPE", "Broken pipe"],
  ["CERT_HAS_EXPIRED", "certificate has expired", "SSL error {error:0A000086:SSL routines::certificate verify failed}"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "x", "SSL error {error:0A000086:SSL routines::certificate verify failed}"],
  [
    "ERR_SSL_WRONG_VERSION_NUMBER",
    "8F:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../a.c:354:",
    "SSL error {error:0A00010B:SSL routines:ssl3_get_record:wrong version number}",
  ],
  ["EWHATEVER", "something else", "something else"],
])("%s is recorded in the system's words (facts, 3.7)", (code, message, text) => {
  expect(describeSocketError(Object.assign(new Error(message), { code }))).toBe(text)
})
