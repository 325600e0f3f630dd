/** The tag in TSX: what docs/embedding.md prints, and all that custom-elements.json names, is typed. */
import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeUnder } from "./browser/support/snippets.ts";

const ROOT = join(import.meta.dirname, "..");
/** Inside the package, which may import itself by its name. */
const WORK = join(ROOT, "dist", "types");
const TSC = join(ROOT, "node_modules", "typescript", "bin", "tsc");
const OPTIONS = [
  "--noEmit",
  "--strict",
  ...["--jsx", "react-jsx"],
  ...["--module", "nodenext"],
  ...["--target", "esnext"],
  ...["--lib", "esnext,dom,dom.iterable"],
  ...["--types", "react"],
];
const run = promisify(execFile);

beforeAll(() => mkdir(WORK, { recursive: true }));
afterAll(() => rm(WORK, { recursive: true, force: true }));

/** What the compiler has against a module. */
async function complaintsAbout(code: string): Promise<string> {
  const file = join(WORK, "snippet.tsx");
  await writeFile(file, code);
  return await run(process.execPath, [TSC, ...OPTIONS, file]).then(
    ({ stdout }) => stdout,
    ({ stdout }) => stdout,
  );
}

test("the tag of the snippet", async () => {
  const [, code = ""] = codeUnder("React", { url: "https://chat.example" });
  expect(code).toContain("<project-chat");
  expect(await complaintsAbout(code)).toBe("");
  expect(
    await complaintsAbout(code.replace('"bubble"', '"balloon"')),
  ).toContain("balloon");
});

test("every attribute and every event", async () => {
  const manifest = JSON.parse(
    await readFile(join(ROOT, "custom-elements.json"), "utf8"),
  );
  const [{ attributes, events }] = manifest.modules[0].declarations;
  const props: { name: string; type: string }[] = attributes.map(
    (it: { name: string; fieldName?: string; type: { text: string } }) => ({
      name: it.fieldName ?? it.name,
      type: it.type.text,
    }),
  );
  const declared = props.map(({ name, type }) => `${name}: ${type};`);
  const given = props.map(({ name }) => `${name}={values.${name}}`);
  const heard = events.map(
    (it: { name: string; type: { text: string } }) =>
      `on${it.name}={(event) => { event satisfies ${it.type.text}; }}`,
  );
  const code = `
    import type { ChatClient, ChatError, CloseReason, Message, Status } from "project-chat";
    import type {} from "project-chat/react";
    declare const values: { ${declared.join(" ")} };
    export const tag = <project-chat ${[...given, ...heard].join("\n")} />;`;
  expect(await complaintsAbout(code)).toBe("");
});
