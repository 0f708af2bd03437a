import type { ContractCase } from "./case.ts"

export const requestCases: readonly ContractCase[] = []
