/** No test of the client is left out where they run without vitest. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const HERE = import.meta.dirname;
const read = (name: string) => readFileSync(join(HERE, name), "utf8");

test("every test of the suite is in all.ts", () => {
  const all = read("all.ts");
  const left = readdirSync(HERE)
    .filter((name) => name.endsWith("_test.ts"))
    // The others run the suite, and are vitest's alone.
    .filter((name) => !read(name).includes('from "vitest"'))
    .filter((name) => !all.includes(`import "./${name}";`));
  expect(left).toEqual([]);
});
