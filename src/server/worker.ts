/** The Worker: the only router. Whatever can be refused here never wakes a project. */
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import {
  FILE_KEY,
  isProblem,
  isProjectId,
  type Problem,
} from "../protocol/mod.ts";
import { readConfig } from "./config.ts";
import { callerOf } from "./door/caller.ts";
import { parseJoin } from "./door/join_request.ts";
import { describeFault } from "./fault.ts";
import type { App, Env } from "./http/app.ts";
import { answerPreflight, isPreflight, share } from "./http/cors.ts";
import { EdgeCheck, TOO_BUSY_HERE } from "./http/edge_check.ts";
import { answerFile } from "./http/http_response.ts";
import { refuseOtherMethods } from "./http/other_methods.ts";
import { pagePolicy } from "./http/page_policy.ts";
import { routes } from "./http/project_routes.ts";
import { refuse, refuseHttp } from "./http/refusal.ts";
import { INTERNAL, malformed, NO_FILE, OTHER_ORIGIN } from "./problems.ts";

export { ProjectChat } from "./project_chat.ts";

let edgeCheck: EdgeCheck | undefined;

/** Refuses a malformed id before anything is woken by it. */
const knowProject = createMiddleware<App>(async (c, next) => {
  const project = c.req.param("id") ?? "";
  if (!isProjectId(project)) {
    return refuse(c.req.raw, malformed("Project id is malformed"));
  }
  c.set("project", project);
  c.set("stub", c.env.PROJECTS.getByName(project));
  return await next();
});

/**
 * Refuses pages that may not use the project and callers whom it would refuse anyway. Only
 * who could be somebody is worth waking the project for, to ask which pages it wants.
 */
const checkCaller = createMiddleware<App>(async (c, next) => {
  const { project, stub } = c.var;
  const request = c.req.raw;
  const edge = edgeCheckOf(c.env);
  const known = { project, now: Date.now() };
  if (!edge.admitsPage(request, known)) return refuse(request, OTHER_ORIGIN);
  if (isPreflight(request)) return share(answerPreflight(), request);
  c.set("caller", callerOf(request, edge.config.addressHeader));
  const limiter = c.env.CONNECTS;
  const problem = await edge.check(c.var.caller, { ...known, limiter });
  if (problem) return shareUnlessSocket(refuse(request, problem), request);
  // A connection is not worth asking for: the project looks at it anyway.
  if (!request.headers.has("Upgrade")) {
    const ask = async () => await stub.origins();
    if (!(await edge.surelyAdmitsPage(request, { ...known, ask }))) {
      return refuse(request, OTHER_ORIGIN);
    }
  }
  await next();
  shareUnlessSocket(c.res, request);
  // What an owner changed holds at once, at least here.
  if (request.method === "PATCH") edge.forget(project);
  return undefined;
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
// A browser loads a picture without a token: whoever knows its key may see it.
app.get("/project/:id/files/:key", async (c) => {
  const key = c.req.param("key");
  if (!FILE_KEY.test(key)) return refuseHttp(NO_FILE);
  const edge = edgeCheckOf(c.env);
  const { address } = callerOf(c.req.raw, edge.config.addressHeader);
  if (await edge.isTooBusy(address, c.env.CONNECTS)) {
    return refuseHttp(TOO_BUSY_HERE);
  }
  return answerFile(await c.var.stub.file(key));
});
app.use("/project/:id/:what/*", checkCaller);

app.get("/healthz", (c) => c.json({ ok: true }));

app.get("/project/:id", async (c) => {
  const isFramed = c.req.query("embed") === "1";
  const file = isFramed ? "/embed.html" : "/project.html";
  const asset = await c.env.ASSETS.fetch(new URL(file, c.req.url));
  const page = new Response(asset.body, asset);
  const policy = page.headers.get("Content-Security-Policy") ?? "";
  page.headers.set(
    "Content-Security-Policy",
    pagePolicy(policy, { env: c.env, isFramed }),
  );
  return page;
});

app.get("/project/:id/chat", async (c) => {
  const request = c.req.raw;
  if (request.headers.get("Upgrade")?.toLowerCase() !== "websocket") {
    return refuseHttp(malformed("Chat needs a WebSocket upgrade"), {
      status: 426,
      headers: { Upgrade: "websocket" },
    });
  }
  const wish = parseJoin(request, c.var.project);
  if (isProblem(wish)) return refuse(request, wish);
  // The request is forwarded as it came: accepting it here would pin the object.
  const response = await c.var.stub.fetch(request);
  if (response.status === 101) return response;
  const problem = await problemOf(response);
  const { project } = c.var;
  edgeCheckOf(c.env).learn(problem, { project, now: Date.now() });
  return refuse(request, problem);
});

app.route("/project/:id", routes);

refuseOtherMethods(app);

app.notFound(() =>
  refuseHttp({ code: "not_found", message: "There is nothing here" }),
);

app.onError((fault, c) => {
  console.error("Request failed:", c.req.method, describeFault(fault));
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

/** An upgrade's headers are not for pages, and a socket's not to be changed. */
function shareUnlessSocket(response: Response, request: Request): Response {
  return response.status === 101 ? response : share(response, request);
}

/** Why the project refused; how long to wait is in the header, where HTTP has it. */
async function problemOf(response: Response): Promise<Problem> {
  const problem = await response.json<Problem>();
  const seconds = Number(response.headers.get("Retry-After"));
  return seconds > 0 ? { ...problem, retryAfter: seconds * 1000 } : problem;
}

/** The variables do not change while an isolate lives. */
function edgeCheckOf(env: Env): EdgeCheck {
  edgeCheck ??= new EdgeCheck(readConfig(env));
  return edgeCheck;
}

/** The platform marks errors of an object whose queue is full. */
function isOverloaded(fault: Error): boolean {
  return "overloaded" in fault && fault.overloaded === true;
}
