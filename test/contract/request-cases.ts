import type { ContractCase } from "./case.ts"
import { bodyCases } from "./request-body-cases.ts"
import { busyCases } from "./request-busy-cases.ts"
import { framingCases } from "./request-framing-cases.ts"
import { invalidCases } from "./request-invalid-cases.ts"
import { orderCases } from "./request-order-cases.ts"
import { pathCases } from "./request-path-cases.ts"
import { privacyCases } from "./request-privacy-cases.ts"
import { rejectionCases } from "./request-rejection-cases.ts"
import { secretCases } from "./request-secret-cases.ts"
import { updateCases } from "./request-update-cases.ts"

/** The request's half of the contract: what is accepted, what is refused and how, up to the point where an update is seen. */
export const requestCases: readonly ContractCase[] = [
  ...updateCases,
  ...invalidCases,
  ...framingCases,
  ...pathCases,
  ...secretCases,
  ...rejectionCases,
  ...orderCases,
  ...bodyCases,
  ...busyCases,
  ...privacyCases,
]
