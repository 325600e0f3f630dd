import { expect, test } from "vitest";
import { CLOSE, ERRORS } from "../../src/protocol/mod.ts";
import * as problems from "../../src/server/problems.ts";

test("[X4] every error has the close code and the status of its meaning", () => {
  const table = Object.entries(ERRORS).map(
    ([code, { status, close }]) => `${code} ${status} ${close}`,
  );
  expect(table).toEqual([
    "bad_request 400 4400",
    "too_large 413 1009",
    "unauthorized 401 4401",
    "token_expired 401 4401",
    "forbidden 403 4403",
    "banned 403 4403",
    "muted 403 4403",
    "nickname_taken 409 4400",
    "nickname_invalid 400 4400",
    "not_found 404 4400",
    "nonce_conflict 409 4400",
    "rate_limited 429 4429",
    "slow_mode 429 4429",
    "room_locked 403 4403",
    "room_full 503 4503",
    "storage_full 503 4503",
    "rejected 403 4403",
    "internal 500 1011",
  ]);
});

test("[X4] close codes are those of the contract", () => {
  expect(Object.values(CLOSE)).toEqual([
    1000, 1003, 1009, 1011, 1012, 4400, 4401, 4403, 4408, 4413, 4429, 4503,
  ]);
});

test("[X1] every refusal has a known code and one sentence about no internals", () => {
  for (const problem of Object.values(problems)) {
    if (typeof problem === "function") continue;
    expect(Object.keys(ERRORS)).toContain(problem.code);
    expect(problem.message).toMatch(/^[A-Z][A-Za-z -,]+[^.]$/);
    expect(problem.message).not.toMatch(/sql|error|exception|stack|object\b/i);
  }
});
