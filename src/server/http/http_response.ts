/** What the HTTP routes answer where it is more than JSON of a value. */
import { isProblem, type Problem } from "../../protocol/mod.ts";
import { encodePage, type Page } from "../log/pages.ts";
import type { Found } from "../log/searcher.ts";
import { NO_FILE } from "../problems.ts";
import type { Outcome } from "../room/append.ts";
import { refuseHttp } from "./refusal.ts";

/** A value as JSON, or the refusal that came instead. */
export function answer(value: object | Problem): Response {
  return isProblem(value) ? refuseHttp(value) : Response.json(value);
}

/** A page of messages with an `ETag`; 304 when the reader has it already. */
export function answerPage(
  request: Request,
  page: Page & { epoch: string; head: number },
): Response {
  const { epoch, head } = page;
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
  return new Response(encodePage({ epoch, head }, page), { headers });
}

/** An image, for `<img>` on any page and for nothing else: it can neither run nor be taken for a page. */
export function answerFile(
  file: { type: string; data: Uint8Array } | undefined,
): Response {
  if (!file) return refuseHttp(NO_FILE);
  return new Response(file.data, {
    headers: {
      "Content-Type": file.type,
      "Content-Disposition": `inline; filename="image.${file.type.slice(6)}"`,
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      "Cross-Origin-Resource-Policy": "cross-origin",
      // Without credentials; pages that may not show an image paint it.
      "Access-Control-Allow-Origin": "*",
      // Its bytes never change; a shared cache must not outlive its deletion.
      "Cache-Control": "private, max-age=31536000, immutable",
    },
  });
}

/** What a search found. */
export function answerFound(found: Found): Response {
  const { before } = found;
  return new Response(encodePage({ before }, found), {
    headers: { "Content-Type": "application/json; charset=utf-8" },
  });
}

/** Whether the reader has it: proxies make an ETag weak, and a reader may name several. */
function isKnown(etag: string, known: string | null): boolean {
  const tags = known?.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags?.some((tag) => tag === etag || tag === "*") ?? false;
}

/** The event that came of a command, also when it was stored by an earlier try. */
export function answerOutcome(outcome: Outcome, status: 200 | 201): Response {
  if (outcome.kind === "refused") return refuseHttp(outcome.problem);
  return new Response(outcome.event.encoded, {
    status,
    headers: { "Content-Type": "application/json; charset=utf-8" },
  });
}
