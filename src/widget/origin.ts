/** Origin of the chat server; by default where this module came from. */
export function originOf(written: string): string {
  const url = URL.parse(written || import.meta.url, location.href);
  // A module that was bundled into an app may come from no server at all.
  return url?.protocol.startsWith("http") ? url.origin : location.origin;
}
