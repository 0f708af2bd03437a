import { expect, test } from "vitest"
import { mounts } from "../support/mounts.ts"
import { cases } from "./cases.ts"

const ids = cases.map(({ id }) => id)

test("every case of the contract has an id of its own, in kebab-case", () => {
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  expect(ids.filter((id) => !/^[a-z0-9.]+(-[a-z0-9.]+)*$/.test(id))).toEqual([])
})

test("every mount has a name of its own", () => {
  const names = mounts.map(({ name }) => name)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})

test.each(mounts)("$name names only cases that exist as those it cannot do, each with a reason", ({ cannot = {} }) => {
  expect(Object.keys(cannot).filter((id) => !ids.includes(id))).toEqual([])
  expect(Object.values(cannot).filter((reason) => reason.trim().length < 10 || reason.includes("\n"))).toEqual([])
})
