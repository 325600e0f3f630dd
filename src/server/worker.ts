/** The Worker: the only router. Whatever can be refused here never wakes a project. */
import { type Context, Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { isProjectId, type Problem } from "../protocol/mod.ts";
import type { Variables as Settings } from "./config.ts";
import {
  parseChange,
  parsePage,
  parsePost,
  parseRoomQuery,
  parseSearch,
  readObject,
} from "./http_request.ts";
import { answerOutcome, answerPage } from "./http_response.ts";
import { bearerToken, isProblem, parseJoin } from "./join_request.ts";
import { INTERNAL } from "./problems.ts";
import type { ProjectChat } from "./project_chat.ts";
import { refuse, refuseHttp } from "./refusal.ts";

export { ProjectChat } from "./project_chat.ts";

/** Bindings and variables of wrangler.toml. */
interface Env extends Settings {
  readonly ASSETS: Fetcher;
  /** Who may show the embedded page in a frame. */
  readonly FRAME_ANCESTORS?: string;
  readonly PROJECTS: DurableObjectNamespace<ProjectChat>;
}

interface App {
  Bindings: Env;
  Variables: { project: string; stub: DurableObjectStub<ProjectChat> };
}

/** Refuses a malformed id before anything is woken by it. */
const knowProject = createMiddleware<App>(async (c, next) => {
  const project = c.req.param("id") ?? "";
  if (!isProjectId(project)) {
    return refuse(c.req.raw, {
      code: "bad_request",
      message: "Project id is malformed",
    });
  }
  c.set("project", project);
  c.set("stub", c.env.PROJECTS.getByName(project));
  return await next();
});

/** Headers for everything the Worker answers itself; an upgrade is left as it is. */
const harden = createMiddleware<App>(async (c, next) => {
  await next();
  if (c.res.status === 101 || c.res.headers.has("Content-Security-Policy"))
    return;
  c.header("X-Content-Type-Options", "nosniff");
  c.header("Referrer-Policy", "no-referrer");
  c.header(
    "Content-Security-Policy",
    "default-src 'none'; frame-ancestors 'none'",
  );
  if (!c.res.headers.has("Cache-Control"))
    c.header("Cache-Control", "no-store");
});

const app = new Hono<App>();

app.use(harden);
app.use("/project/:id/*", knowProject);

app.get("/healthz", (c) => c.json({ ok: true }));

app.get("/project/:id", async (c) => {
  const isFramed = c.req.query("embed") === "1";
  const file = isFramed ? "/embed.html" : "/project.html";
  const asset = await c.env.ASSETS.fetch(new URL(file, c.req.url));
  if (!isFramed) return asset;
  const page = new Response(asset.body, asset);
  const policy = page.headers.get("Content-Security-Policy") ?? "";
  page.headers.set(
    "Content-Security-Policy",
    policy.replace(
      "frame-ancestors 'none'",
      `frame-ancestors ${c.env.FRAME_ANCESTORS ?? "'self'"}`,
    ),
  );
  return page;
});

app.get("/project/:id/chat", async (c) => {
  const request = c.req.raw;
  if (request.headers.get("Upgrade")?.toLowerCase() !== "websocket") {
    return refuseHttp(
      { code: "bad_request", message: "Chat needs a WebSocket upgrade" },
      { status: 426, headers: { Upgrade: "websocket" } },
    );
  }
  const wish = parseJoin(request, c.var.project);
  if (isProblem(wish)) return refuse(request, wish);
  // The request is forwarded as it came: accepting it here would pin the object.
  const response = await c.var.stub.fetch(request);
  if (response.status === 101) return response;
  return refuse(request, await response.json<Problem>());
});

app.get("/project/:id/rooms", async (c) =>
  c.json({ rooms: await c.var.stub.rooms() }),
);

app.get("/project/:id/messages", async (c) => {
  const range = parsePage(new URL(c.req.url).searchParams);
  if (isProblem(range)) return refuseHttp(range);
  const token = bearerToken(c.req.raw);
  const page = await c.var.stub.page({ ...range, ...(token && { token }) });
  return isProblem(page) ? refuseHttp(page) : answerPage(c.req.raw, page);
});

app.post("/project/:id/messages", async (c) => {
  const post = await parsePost(c.req.raw);
  if (isProblem(post)) return refuseHttp(post);
  return answerOutcome(await c.var.stub.post(post), 201);
});

app.patch("/project/:id/messages/:seq", async (c) => {
  const read = await readObject(c.req.raw);
  if (isProblem(read)) return refuseHttp(read);
  const { seq } = c.req.param();
  return change(c, { type: "edit", seq, fields: read.body });
});

app.delete("/project/:id/messages/:seq", (c) =>
  change(c, { type: "delete", seq: c.req.param("seq") }),
);

app.on(
  ["PUT", "DELETE"],
  "/project/:id/messages/:seq/reactions/:emoji",
  (c) => {
    const { seq, emoji } = c.req.param();
    const on = c.req.method === "PUT";
    return change(c, { type: "react", seq, fields: { emoji, on } });
  },
);

app.get("/project/:id/members", async (c) => {
  const room = parseRoomQuery(new URL(c.req.url).searchParams);
  if (isProblem(room)) return refuseHttp(room);
  return c.json({ members: await c.var.stub.members(room.room) });
});

app.get("/project/:id/search", async (c) => {
  const search = parseSearch(new URL(c.req.url).searchParams);
  if (isProblem(search)) return refuseHttp(search);
  return c.json(await c.var.stub.search(search));
});

app.get("/project/:id/export", async (c) =>
  c.body(await c.var.stub.export(), 200, {
    "Content-Type": "application/x-ndjson; charset=utf-8",
    "Content-Disposition": `attachment; filename="${c.var.project}.ndjson"`,
  }),
);

app.get("/project/:id/stats", async (c) => c.json(await c.var.stub.stats()));

for (const [path, methods] of [
  ["/healthz", "GET, HEAD"],
  ["/project/:id", "GET, HEAD"],
  ["/project/:id/chat", "GET"],
  ["/project/:id/rooms", "GET, HEAD"],
  ["/project/:id/messages", "GET, HEAD, POST"],
  ["/project/:id/messages/:seq", "PATCH, DELETE"],
  ["/project/:id/messages/:seq/reactions/:emoji", "PUT, DELETE"],
  ["/project/:id/members", "GET, HEAD"],
  ["/project/:id/search", "GET, HEAD"],
  ["/project/:id/export", "GET, HEAD"],
  ["/project/:id/stats", "GET, HEAD"],
] as const) {
  app.all(path, () =>
    refuseHttp(
      { code: "bad_request", message: `Method must be one of ${methods}` },
      { status: 405, headers: { Allow: methods } },
    ),
  );
}

app.notFound(() =>
  refuseHttp({ code: "not_found", message: "There is nothing here" }),
);

app.onError((fault, c) => {
  console.error("Request failed:", c.req.method, describe(fault));
  if (isOverloaded(fault)) {
    return refuse(c.req.raw, {
      code: "room_full",
      message: "Project has more to do than it can",
      retryAfter: 5_000,
    });
  }
  return refuse(c.req.raw, INTERNAL);
});

export default app;

/** Changes a message as the path and the body say; 200 with the event. */
async function change(
  c: Context<App>,
  wish: Parameters<typeof parseChange>[1],
): Promise<Response> {
  const parsed = parseChange(c.req.raw, wish);
  if (isProblem(parsed)) return refuseHttp(parsed);
  return answerOutcome(await c.var.stub.post(parsed), 200);
}

/** The platform marks errors of an object whose queue is full. */
function isOverloaded(fault: Error): boolean {
  return "overloaded" in fault && fault.overloaded === true;
}

function describe(fault: Error): string {
  return `${fault.name}: ${fault.message}`;
}
