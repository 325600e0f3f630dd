import { cloudflareTest } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";

const TIMEOUT = 60_000;

export default defineConfig({
  test: {
    reporters: ["default", "./test/support/totals_reporter.ts"],
    projects: [
      {
        // Rules, log, sockets and routes in the runtime that production runs.
        plugins: [
          cloudflareTest({
            main: "./src/server/worker.ts",
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: {
                TOKEN_SECRET: "what-only-the-tests-sign-their-tokens-with",
                HOOK_URL: "https://hook.example/screen",
                HOOK_SECRET: "what-only-the-tests-sign-their-questions-with",
              },
            },
          }),
        ],
        test: {
          name: "workers",
          include: ["test/{server,protocol}/**/*_test.ts"],
          testTimeout: TIMEOUT,
        },
      },
      {
        // The same with limits that a test can reach.
        plugins: [
          cloudflareTest({
            main: "./src/server/worker.ts",
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: {
                HISTORY_LIMIT: "10",
                SOCKET_LIMIT: "3",
                STORAGE_LIMIT: "150000",
                RATE_LIMIT: "off",
              },
            },
          }),
        ],
        test: {
          name: "limits",
          include: ["test/limits/**/*_test.ts"],
          testTimeout: TIMEOUT,
        },
      },
      {
        // A closed project behind a narrow door.
        plugins: [
          cloudflareTest({
            main: "./src/server/worker.ts",
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: {
                TOKEN_SECRET: "what-only-the-tests-sign-their-tokens-with",
                MODE: "members",
                ORIGINS: "https://shop.example https://예시.example",
                ADDRESS_SOCKET_LIMIT: "3",
                USER_SOCKET_LIMIT: "2",
                CONNECT_RATE: "8/1",
                RATE_LIMIT: "5/1",
              },
            },
          }),
        ],
        test: {
          name: "door",
          include: ["test/door/**/*_test.ts"],
          testTimeout: TIMEOUT,
        },
      },
      {
        // Guests have to show that they are persons; the keys are Cloudflare's for tests.
        plugins: [
          cloudflareTest({
            main: "./src/server/worker.ts",
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: {
                TOKEN_SECRET: "what-only-the-tests-sign-their-tokens-with",
                TURNSTILE_SITEKEY: "1x00000000000000000000AA",
                TURNSTILE_SECRET: "1x0000000000000000000000000000000AA",
                RATE_LIMIT: "5/1",
              },
            },
          }),
        ],
        test: {
          name: "challenge",
          include: ["test/challenge/**/*_test.ts"],
          testTimeout: TIMEOUT,
        },
      },
      {
        // Pure modules, the client, and real browsers against a real server.
        test: {
          name: "node",
          include: [
            "test/*_test.ts",
            "test/{client,widget,browser}/**/*_test.ts",
          ],
          environment: "node",
          testTimeout: TIMEOUT,
          hookTimeout: TIMEOUT,
          // What another page shows or another client hears takes what the machine needs.
          expect: { poll: { timeout: 10_000 } },
          fileParallelism: false,
        },
      },
    ],
  },
});
