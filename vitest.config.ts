import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // A test that hangs is found all the same, and one on a busy machine is not taken for it.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    coverage: { include: ["packages/*/src/**"] },
  },
})
