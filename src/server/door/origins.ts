/** Which pages may connect. Pure. */

/** A list of origins; an empty one is no list. */
export type Origins = readonly string[];

/** An origin as browsers spell it: punycode, lower case, no default port; `undefined` for none. */
export function spellOrigin(text: string): string | undefined {
  const url = URL.parse(text);
  const isOrigin =
    url !== null &&
    (url.protocol === "https:" || url.protocol === "http:") &&
    url.pathname === "/" &&
    !/[?#@*]/.test(text);
  return isOrigin ? url.origin : undefined;
}

/**
 * Whether a page of `origin` may ask the server at `url`: its own pages may, all others
 * must be in each list there is. Who sends no origin is no page.
 */
export function mayAsk(
  origin: string | null,
  server: { url: string; lists: readonly Origins[] },
): boolean {
  if (origin === null || isOwn(origin, server.url)) return true;
  return server.lists.every(
    (list) => list.length === 0 || list.includes(origin),
  );
}

/** Whether a page came from the server itself; a proxy may have ended its TLS. */
export function isOwn(origin: string, url: string): boolean {
  const { origin: own, host } = new URL(url);
  return origin === own || origin === `https://${host}`;
}
