/** The signing examples of docs/embedding.md, run as they stand and checked by our own verifier. */
import { execFile, execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { transform } from "esbuild";
import { expect, test } from "vitest";
import { readTokenConfig } from "../src/server/door/token_config.ts";
import { Verifier } from "../src/server/door/verifier.ts";
import { SNIPPETS } from "./browser/support/snippets.ts";

const SECRET = "what-only-this-test-signs-its-tokens-with";
const run = promisify(execFile);
const verifier = new Verifier(readTokenConfig({ TOKEN_SECRET: SECRET }));

interface Example {
  readonly language: string;
  /** What runs it; absent on some machines. */
  readonly command: string;
  /** Files beside the snippet's own, and its own name. */
  readonly file: string;
  readonly files?: Record<string, string>;
  readonly args: readonly string[];
}

const EXAMPLES: readonly Example[] = [
  {
    language: "js",
    command: process.execPath,
    file: "chat_token.mjs",
    files: {
      "main.mjs": `import { chatToken } from "./chat_token.mjs";
        console.log(await chatToken({ id: 7, name: "철수", role: "moderator" }, "42"));`,
    },
    args: ["main.mjs"],
  },
  {
    language: "python",
    command: "python3",
    file: "chat.py",
    files: {
      "main.py": `import chat
print(chat.chat_token({"id": 7, "name": "철수", "role": "moderator"}, "42"))`,
    },
    args: ["main.py"],
  },
  {
    language: "php",
    command: "php",
    file: "chat.php",
    files: {
      "main.php": `<?php require "chat.php";
echo chat_token(["id" => 7, "name" => "철수", "role" => "moderator"], "42");`,
    },
    args: ["main.php"],
  },
  {
    language: "go",
    command: "go",
    file: "chat/chat.go",
    files: {
      "go.mod": "module example\n\ngo 1.21\n",
      "main.go": `package main
import ("fmt"; "example/chat")
func main() {
	token, _ := chat.Token(chat.Member{ID: "7", Name: "철수", Role: "moderator"}, "42")
	fmt.Println(token)
}`,
    },
    args: ["run", "."],
  },
];

function isHere(command: string): boolean {
  try {
    execFileSync("which", [command]);
    return true;
  } catch {
    return false;
  }
}

function codeOf(language: string): string {
  const snippet = SNIPPETS.find(
    (other) =>
      other.heading === "Signing tokens" && other.language === language,
  );
  return snippet?.code ?? "";
}

/** Writes files into a folder of their own, runs a command there, and checks what it prints. */
async function check(
  files: Record<string, string>,
  example: Pick<Example, "language" | "command" | "args">,
): Promise<void> {
  const isJavaScript = example.command === process.execPath;
  // Beside the project's packages, which the examples in JavaScript use.
  const place = isJavaScript ? join(import.meta.dirname, "../dist") : tmpdir();
  await mkdir(place, { recursive: true });
  const folder = await mkdtemp(join(place, "token-"));
  try {
    for (const [name, code] of Object.entries(files)) {
      await mkdir(join(folder, name, ".."), { recursive: true });
      await writeFile(join(folder, name), code);
    }
    const { stdout } = await run(example.command, example.args, {
      cwd: folder,
      env: { ...process.env, TOKEN_SECRET: SECRET, PYTHONUTF8: "1" },
    });
    const options = { project: "42", now: Date.now() };
    expect(await verifier.verify(stdout.trim(), options)).toMatchObject({
      sub: "7",
      name: "철수",
      role: "moderator",
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

for (const example of EXAMPLES) {
  const { language, command, file, files } = example;
  test.skipIf(!isHere(command))(`[I9] ${language} signs what we take`, () =>
    check({ [file]: codeOf(language), ...files }, example),
  );
}

test("[I9] the controller of NestJS answers with what we take", async () => {
  const { code } = await transform(codeOf("ts"), {
    loader: "ts",
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  });
  await check(
    {
      "package.json": '{"type":"module"}',
      "controller.js": code.replace("@nestjs/common", "./nest.js"),
      // Decorators only say where a request goes.
      "nest.js": `const decorate = () => () => {};
export const Controller = decorate, Get = decorate, Param = decorate, Req = decorate, UseGuards = decorate;`,
      "auth.guard.js": "export class AuthGuard {}",
      "chat_token.js": codeOf("js"),
      "main.js": `import { ChatTokenController } from "./controller.js";
const user = { id: 7, name: "철수", role: "moderator" };
console.log((await new ChatTokenController().token("42", { user })).token);`,
    },
    { language: "ts", command: process.execPath, args: ["main.js"] },
  );
});
