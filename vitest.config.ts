import { defineConfig } from "vitest/config";
import { CountReporter } from "./test/support/count-reporter.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    typecheck: {
      enabled: true,
      include: ["test/types/**/*.test-d.ts"],
      tsconfig: "tsconfig.json",
      spawnTimeout: 60_000,
    },
    environment: "node",
    globalSetup: "test/support/global-setup.ts",
    pool: "forks",
    // One more than the smallest machine has cores: many tests wait for processes and clocks.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
    reporters: ["default", new CountReporter()],
  },
});
