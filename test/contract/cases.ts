import type { ContractCase } from "./case.ts"
import { deliveryCases } from "./delivery-cases.ts"
import { requestCases } from "./request-cases.ts"

export const cases: readonly ContractCase[] = [...requestCases, ...deliveryCases]
