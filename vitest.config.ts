import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    reporters: process.env["CI"] ? ["default"] : ["default"],
    coverage: { include: ["packages/*/src/**"] },
    typecheck: { enabled: false },
  },
})
