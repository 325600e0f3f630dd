import * as fc from "fast-check";
import { expect, test } from "vitest";
import { NonceFilter } from "../../src/server/log/nonce_filter.ts";

test("[S4] what was added is never denied", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "binary" }), { maxLength: 300 }),
      (keys) => {
        const filter = new NonceFilter(keys.length);
        for (const key of keys) {
          filter.add(key);
          expect(filter.mayHave(key)).toBe(true);
        }
        expect(keys.every((key) => filter.mayHave(key))).toBe(true);
      },
    ),
  );
});

test("[S4] an empty filter has nothing", () => {
  const filter = new NonceFilter(0);
  for (const key of ["", " ", "g_a n1", "~"]) {
    expect(filter.mayHave(key)).toBe(false);
  }
});

test.each([
  ["random", () => crypto.randomUUID()],
  ["counted", (index: number) => String(index)],
])(
  "[L3] a full filter is wrong about one %s key in 200 at most",
  (_, nonce) => {
    const filter = new NonceFilter(20_000);
    const count = filter.capacity;
    for (let index = 0; index < count; index++) {
      expect(filter.full).toBe(false);
      filter.add(`g_member ${nonce(index)}`);
    }
    expect(filter.full).toBe(true);
    let wrong = 0;
    const asked = 20_000;
    for (let index = 0; index < asked; index++) {
      if (filter.mayHave(`g_member ${nonce(count + index)}`)) wrong++;
    }
    expect(wrong).toBeLessThanOrEqual(asked / 200);
  },
);

test("[L3] a filter holds at least what it was made for", () => {
  for (const capacity of [0, 1, 64, 65, 1_000, 200_000]) {
    const filter = new NonceFilter(capacity);
    expect(filter.capacity).toBeGreaterThanOrEqual(capacity);
    expect(filter.capacity).toBeLessThanOrEqual(Math.max(64, capacity * 2));
  }
});
