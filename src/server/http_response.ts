/** What the HTTP routes answer where it is more than JSON of a value. */
import type { Outcome } from "./append.ts";
import type { Page } from "./history.ts";
import { refuseHttp } from "./refusal.ts";

/** A page of messages with an `ETag`; 304 when the reader has it already. */
export function answerPage(
  request: Request,
  page: Page & { epoch: string; head: number },
): Response {
  const { messages, more, epoch, head } = page;
  // Whatever changes a message raises the head; the query is part of the URL. A page
  // for one reader and a page for another are told apart by Vary.
  const headers = {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "private, no-cache",
    ETag: `"${epoch}-${head}"`,
    Vary: "Authorization",
  };
  if (isKnown(headers.ETag, request.headers.get("If-None-Match"))) {
    return new Response(null, { status: 304, headers });
  }
  const rest = JSON.stringify({ more, epoch, head }).slice(1);
  return new Response(`{"messages":[${messages.join(",")}],${rest}`, {
    headers,
  });
}

/** Whether the reader has it: proxies make an ETag weak, and a reader may name several. */
function isKnown(etag: string, known: string | null): boolean {
  const tags = known?.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags?.some((tag) => tag === etag || tag === "*") ?? false;
}

/** 201 with the message, also when it was stored by an earlier try. */
export function answerPost(outcome: Outcome): Response {
  if (outcome.kind === "refused") return refuseHttp(outcome.problem);
  return new Response(outcome.event.encoded, {
    status: 201,
    headers: { "Content-Type": "application/json; charset=utf-8" },
  });
}
