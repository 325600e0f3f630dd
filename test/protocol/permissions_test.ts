/** Who may do what: the whole table, written out once more by hand. */
import { describe, expect, test } from "vitest";
import {
  ACTIONS,
  may,
  outranks,
  ROLES,
  type Role,
} from "../../src/protocol/mod.ts";

const O: readonly Role[] = ["owner"];
const M: readonly Role[] = ["owner", "moderator"];
const G: readonly Role[] = ["owner", "moderator", "member", "guest"];
const R: readonly Role[] = ROLES;
const EXPECTED: Record<string, readonly Role[]> = {
  read: R,
  send: G,
  rename: G,
  report: R,
  export: M,
  stats: M,
  edit_any: M,
  delete_any: M,
  sanction: M,
  steer: M,
  unhindered: M,
  oversee: M,
  settings: O,
  revoke: O,
  audit: O,
};

describe("the table", () => {
  test("is tested as a whole", () => {
    expect([...ACTIONS].sort()).toEqual(Object.keys(EXPECTED).sort());
  });
  for (const action of ACTIONS) {
    test(`${action}: ${EXPECTED[action]?.join(", ")}`, () => {
      expect(ROLES.filter((role) => may(role, action))).toEqual(
        EXPECTED[action],
      );
    });
  }
  test("an open project lets everybody take what everybody may read", () => {
    const opened = ACTIONS.filter(
      (action) => may("guest", action, "open") && !may("guest", action),
    );
    expect(opened).toEqual(["export", "stats"]);
  });
  test("nobody outranks an equal", () => {
    expect(ROLES.filter((role) => outranks(role, role))).toEqual([]);
    expect(outranks("owner", "moderator")).toBe(true);
    expect(outranks("guest", "member")).toBe(false);
  });
});
