/** What pages of other origins are allowed by HTTP: everything that their project allows, without cookies. */

const METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
const REQUEST_HEADERS =
  "Authorization, Content-Type, Idempotency-Key, If-None-Match";
const RESPONSE_HEADERS = "ETag, Retry-After, Content-Disposition";
/** How long a browser remembers it, in seconds: as long as the Worker does. */
const MAX_AGE = "60";

/** Whether a browser only asks whether it may ask. */
export function isPreflight(request: Request): boolean {
  return (
    request.method === "OPTIONS" &&
    request.headers.has("Origin") &&
    request.headers.has("Access-Control-Request-Method")
  );
}

/** The answer to a page that may ask. */
export function answerPreflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      "Access-Control-Allow-Methods": METHODS,
      "Access-Control-Allow-Headers": REQUEST_HEADERS,
      "Access-Control-Max-Age": MAX_AGE,
    },
  });
}

/** Lets the page that asked read the answer; says to caches that another may not. */
export function share(response: Response, request: Request): Response {
  const { headers } = response;
  const origin = request.headers.get("Origin");
  headers.append("Vary", "Origin");
  if (origin === null) return response;
  headers.set("Access-Control-Allow-Origin", origin);
  headers.set("Access-Control-Expose-Headers", RESPONSE_HEADERS);
  return response;
}
