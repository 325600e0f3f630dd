/** Assertions that need no test framework. */

/** Fails unless `condition` holds. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Fails unless both have the same JSON. */
export function assertEquals(actual: unknown, expected: unknown): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  assert(left === right, `Expected ${right}, but got ${left}`);
}

/** Fails unless `promise` is rejected with an error of `code`. */
export async function assertRejects(
  promise: Promise<unknown>,
  code: string,
): Promise<void> {
  const outcome = await promise.then(
    () => "nothing",
    (error: { code?: string }) => error.code ?? String(error),
  );
  assertEquals(outcome, code);
}
