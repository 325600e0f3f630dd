/**
 * `npm run token -- --project 42 --name 철수 --role owner`: prints a token for the server of
 * `npm start`, and a link that signs in with it. More: `--sub`, `--minutes` (default 60),
 * `--rooms` (names, by commas), `--port` of the link (default 8787).
 */
import { parseArgs } from "node:util";
import { SignJWT } from "jose";
import { parseClaims } from "../src/protocol/mod.ts";
import { readDevVars } from "./dev_vars.ts";

const USAGE =
  "npm run token -- --project <id> [--name <nickname>] [--role owner|moderator|member|reader] " +
  "[--sub <member id>] [--minutes <number>] [--rooms <name,name>] [--port <number>]";

const { values } = parseArgs({
  options: {
    project: { type: "string" },
    name: { type: "string" },
    role: { type: "string" },
    sub: { type: "string" },
    minutes: { type: "string", default: "60" },
    rooms: { type: "string" },
    port: { type: "string", default: "8787" },
  },
});
const { project, name, role, rooms, minutes } = values;
// The same name is the same member, however often a token is made for it.
const sub = values.sub ?? `dev-${(name ?? "member").replace(/\s+/g, "-")}`;
const now = Math.floor(Date.now() / 1000);
const claims = {
  sub,
  project,
  iat: now,
  exp: now + Number(minutes) * 60,
  ...(name && { name }),
  ...(role && { role }),
  ...(rooms && { rooms: rooms.split(",") }),
};
if (project === undefined || parseClaims(claims, project) === undefined) {
  console.error(`Cannot make a token of these options. Usage:\n${USAGE}`);
  process.exit(1);
}
const { TOKEN_SECRET: secret = "" } = readDevVars();
const token = await new SignJWT(claims)
  .setProtectedHeader({ alg: "HS256", typ: "JWT" })
  .sign(new TextEncoder().encode(secret));
console.log(token);
// Beside the token, not with it: scripts take what is on stdout.
console.error(
  `Signed in: http://localhost:${values.port}/project/${project}#token=${token}`,
);
