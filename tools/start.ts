/**
 * `npm start`: runs the Worker on this machine and says where. Options go to
 * `wrangler dev` as they are, for example `--port`, `--persist-to` and `--var`.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { readDevVars } from "./dev_vars.ts";

const DEFAULT_PORT = "8787";
const POLL_MS = 100;
const INTERNAL_SERVER_ERROR = 500;
/** What a person who only wants to chat should not have to read. */
const DEFAULTS = {
  port: DEFAULT_PORT,
  "log-level": "warn",
  "show-interactive-dev-session": "false",
};
/** No account, no network: nothing is asked of Cloudflare, nothing is sent. */
const OFFLINE = {
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_NO_SKILLS_UPDATE_PROMPTS: "true",
  X_LOCAL_EXPLORER: "false",
};

const given = process.argv.slice(2);
const port = Number(optionOf("port") ?? DEFAULT_PORT);
const origin = `http://localhost:${port}`;

if (await isListening(port)) {
  console.error(
    `Port ${port} is in use. Stop what uses it, or choose another: ` +
      `npm start -- --port ${port + 1}`,
  );
  process.exit(1);
}
// Makes the secret of this machine, where there is none yet.
readDevVars();
const wrangler = startWrangler();
let isStopping = false;
let isMisconfigured = false;
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => stop(wrangler));
wrangler.on("exit", (code) => {
  if (isMisconfigured) {
    console.error(
      "Cannot start as a variable is malformed: see the error above",
    );
    process.exit(1);
  }
  process.exit(isStopping ? 0 : (code ?? 1));
});
await answers(`${origin}/healthz`);
isMisconfigured = !(await readsVariables());
if (isMisconfigured) stop(wrangler);
else
  console.log(
    `project-chat runs at ${origin} – try ${origin}/project/42 (Ctrl-C ends it)`,
  );

/**
 * Whether the Worker can read its variables. It alone sees all of them: those of
 * wrangler.toml, over them `.dev.vars`, over these `--var`. One that it cannot read it
 * names in its log. Asks for a chat without an upgrade, which wakes no project.
 */
async function readsVariables(): Promise<boolean> {
  const answer = await fetch(`${origin}/project/start/chat`);
  return answer.status !== INTERNAL_SERVER_ERROR;
}

function startWrangler(): ChildProcess {
  const defaults = Object.entries(DEFAULTS)
    .filter(([name]) => optionOf(name) === undefined)
    .map(([name, value]) => `--${name}=${value}`);
  const cli = fileURLToPath(
    new URL("../bin/wrangler.js", import.meta.resolve("wrangler")),
  );
  return spawn(process.execPath, [cli, "dev", ...defaults, ...given], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    env: { ...process.env, ...OFFLINE },
    // Wrangler would end with its stdin, which a non-interactive start closes.
    stdio: ["ignore", "inherit", "inherit"],
  });
}

function stop(child: ChildProcess): void {
  // A second signal while it stops would leave its own children behind.
  if (isStopping) return;
  isStopping = true;
  child.kill("SIGTERM");
}

function optionOf(name: string): string | undefined {
  const index = given.findIndex(
    (word) => word === `--${name}` || word.startsWith(`--${name}=`),
  );
  if (index === -1) return undefined;
  return given[index]?.split("=")[1] ?? given[index + 1] ?? "";
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect({ port, host: "localhost" });
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function answers(url: string): Promise<void> {
  const response = await fetch(url).catch(() => undefined);
  if (response?.ok) return;
  await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  return answers(url);
}
