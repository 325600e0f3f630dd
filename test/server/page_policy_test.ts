import { expect, test } from "vitest";
import { pagePolicy } from "../../src/server/http/page_policy.ts";

const POLICY =
  "default-src 'none'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

test("a page is framed where the operator says, and nowhere without embed", () => {
  const env = { FRAME_ANCESTORS: "https://a.example" };
  expect(pagePolicy(POLICY, { env, isFramed: false })).toBe(POLICY);
  expect(pagePolicy(POLICY, { env, isFramed: true })).toContain(
    "frame-ancestors https://a.example;",
  );
  expect(pagePolicy(POLICY, { env: {}, isFramed: true })).toContain(
    "frame-ancestors 'self';",
  );
});

test("[D6] only where guests are challenged a page lets the challenge in", () => {
  const env = { TURNSTILE_SITEKEY: "1x" };
  expect(pagePolicy(POLICY, { env, isFramed: false })).toBe(
    "default-src 'none'; script-src 'self' https://challenges.cloudflare.com; frame-src https://challenges.cloudflare.com; base-uri 'none'; frame-ancestors 'none'",
  );
});
