/** The HTTP routes of a project: parse what is asked, ask the project, answer. */
import { type Context, Hono } from "hono";
import { isProblem, parseRevocation } from "../../protocol/mod.ts";
import { parseSettings } from "../settings.ts";
import type { App } from "./app.ts";
import {
  parseAudit,
  parseBody,
  parseChange,
  parseModeration,
  parsePage,
  parsePost,
  parseReport,
  parseRoomQuery,
  parseSearch,
  parseUpload,
  readObject,
} from "./http_request.ts";
import {
  answer,
  answerFound,
  answerOutcome,
  answerPage,
} from "./http_response.ts";
import { refuseHttp } from "./refusal.ts";

/** Everything below `/project/:id` but the page and the chat. */
export const routes = new Hono<App>();

routes.get("/rooms", async (c) => answer(await c.var.stub.rooms(c.var.caller)));

routes.get("/messages", async (c) => {
  const range = parsePage(new URL(c.req.url).searchParams);
  if (isProblem(range)) return refuseHttp(range);
  const page = await c.var.stub.page(c.var.caller, range);
  return isProblem(page) ? refuseHttp(page) : answerPage(c.req.raw, page);
});

routes.post("/messages", async (c) => {
  const post = await parsePost(c.req.raw);
  if (isProblem(post)) return refuseHttp(post);
  return answerOutcome(await c.var.stub.post(c.var.caller, post), 201);
});

routes.patch("/messages/:seq", async (c) => {
  const read = await readObject(c.req.raw);
  if (isProblem(read)) return refuseHttp(read);
  const { seq } = c.req.param();
  return change(c, { type: "edit", seq, fields: read.body });
});

routes.delete("/messages/:seq", (c) =>
  change(c, { type: "delete", seq: c.req.param("seq") }),
);

routes.on(["PUT", "DELETE"], "/messages/:seq/reactions/:emoji", (c) => {
  const { seq, emoji } = c.req.param();
  const on = c.req.method === "PUT";
  return change(c, { type: "react", seq, fields: { emoji, on } });
});

routes.post("/files", async (c) => {
  const upload = await parseUpload(c.req.raw);
  if (isProblem(upload)) return refuseHttp(upload);
  const stored = await c.var.stub.upload(c.var.caller, upload);
  return isProblem(stored) ? refuseHttp(stored) : c.json(stored, 201);
});

routes.get("/members", async (c) => {
  const room = parseRoomQuery(new URL(c.req.url).searchParams);
  if (isProblem(room)) return refuseHttp(room);
  return answer(await c.var.stub.members(c.var.caller, room.room));
});

routes.get("/search", async (c) => {
  const search = parseSearch(new URL(c.req.url).searchParams);
  if (isProblem(search)) return refuseHttp(search);
  const found = await c.var.stub.search(c.var.caller, search);
  return isProblem(found) ? refuseHttp(found) : answerFound(found);
});

routes.get("/export", async (c) => {
  const lines = await c.var.stub.export(c.var.caller);
  if (isProblem(lines)) return refuseHttp(lines);
  return c.body(lines, 200, {
    "Content-Type": "application/x-ndjson; charset=utf-8",
    "Content-Disposition": `attachment; filename="${c.var.project}.ndjson"`,
  });
});

routes.get("/stats", async (c) => answer(await c.var.stub.stats(c.var.caller)));

routes.get("/settings", async (c) =>
  answer(await c.var.stub.settings(c.var.caller)),
);

routes.patch("/settings", async (c) => {
  const change = await parseBody(c.req.raw, parseSettings);
  if (isProblem(change)) return refuseHttp(change);
  return answer(await c.var.stub.changeSettings(c.var.caller, change));
});

routes.get("/challenge", async (c) =>
  answer(await c.var.stub.sitekey(c.var.caller)),
);

routes.post("/challenge", async (c) => {
  const read = await readObject(c.req.raw);
  if (isProblem(read)) return refuseHttp(read);
  return answer(await c.var.stub.pass(c.var.caller, read.body["response"]));
});

routes.post("/revoke", async (c) => {
  const revocation = await parseBody(c.req.raw, parseRevocation);
  if (isProblem(revocation)) return refuseHttp(revocation);
  return answer(await c.var.stub.revoke(c.var.caller, revocation));
});

routes.post("/moderation", async (c) => {
  const post = await parseModeration(c.req.raw);
  if (isProblem(post)) return refuseHttp(post);
  return answerOutcome(await c.var.stub.post(c.var.caller, post), 201);
});

routes.get("/sanctions", async (c) =>
  answer(await c.var.stub.oversee(c.var.caller, { about: "sanctions" })),
);

routes.get("/reports", async (c) =>
  answer(await c.var.stub.oversee(c.var.caller, { about: "reports" })),
);

routes.delete("/reports/:report", async (c) => {
  const report = parseReport(c.req.param("report"));
  if (isProblem(report)) return refuseHttp(report);
  return answer(await c.var.stub.dismiss(c.var.caller, report.id));
});

routes.get("/audit", async (c) => {
  const range = parseAudit(new URL(c.req.url).searchParams);
  if (isProblem(range)) return refuseHttp(range);
  const query = { about: "audit", ...range } as const;
  return answer(await c.var.stub.oversee(c.var.caller, query));
});

/** Changes a message as the path and the body say; 200 with the event. */
async function change(
  c: Context<App>,
  wish: Parameters<typeof parseChange>[1],
): Promise<Response> {
  const parsed = parseChange(c.req.raw, wish);
  if (isProblem(parsed)) return refuseHttp(parsed);
  return answerOutcome(await c.var.stub.post(c.var.caller, parsed), 200);
}
