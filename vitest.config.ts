import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Two cores: a worker each, files whole, so that the policy is loaded once per worker.
    maxWorkers: 2,
    // What hangs must end; what is slow on a busy machine must not fail.
    testTimeout: 300_000,
  },
});
