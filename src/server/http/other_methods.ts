/** What is answered to a method that a known path does not have. */
import type { Hono } from "hono";
import { malformed } from "../problems.ts";
import type { App } from "./app.ts";
import { refuseHttp } from "./refusal.ts";

/** Methods in the order in which they are named. */
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/** Has `app` answer 405 with `Allow` on each path that it routes by then: call it after the last route. */
export function refuseOtherMethods(app: Hono<App>): void {
  // Hono lists middleware, too: it takes all methods.
  const routes = app.routes.filter(({ method }) => METHODS.includes(method));
  for (const [path, of] of Map.groupBy(routes, (route) => route.path)) {
    const has = new Set(of.map(({ method }) => method));
    // Hono answers HEAD wherever it answers GET.
    if (has.has("GET")) has.add("HEAD");
    const allowed = METHODS.filter((method) => has.has(method)).join(", ");
    app.all(path, () =>
      refuseHttp(malformed(`Method must be one of ${allowed}`), {
        status: 405,
        headers: { Allow: allowed },
      }),
    );
  }
}
