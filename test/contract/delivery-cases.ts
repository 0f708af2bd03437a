import type { ContractCase } from "./case.ts"

export const deliveryCases: readonly ContractCase[] = []
