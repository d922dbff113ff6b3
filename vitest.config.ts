import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Two cores: a worker each, files whole, so that the policy is loaded once per worker.
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
