/** Somebody's site: an origin of its own that serves what a test puts there. */
import { once } from "node:events";
import { createServer } from "node:http";

/** A running site. */
export interface Site {
  readonly url: string;
  /** Puts a page up and says where; `policy` is its Content-Security-Policy. */
  show(html: string, options?: { readonly policy?: string }): string;
  close(): Promise<void>;
}

/** Starts a site. */
export async function startSite(): Promise<Site> {
  const pages: { html: string; policy: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const page = pages[Number(request.url?.slice(1))];
    if (!page) return response.writeHead(404).end();
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      ...(page.policy && { "content-security-policy": page.policy }),
    });
    return response.end(page.html);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("Site has no port");
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    show(html, { policy } = {}) {
      return `${url}/${pages.push({ html, policy }) - 1}`;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
