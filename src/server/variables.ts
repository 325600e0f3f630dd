/** What all readers of the Worker's variables share. Pure. */

/** The fault of a variable: `reason` is what it must be. It names the variable, never a secret. */
export function cannotRead(name: string, reason: string): RangeError {
  return new RangeError(`Cannot read variable "${name}" as ${reason}`);
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether what goes to `url` is for nobody else to read: https, or this machine. */
export function isPrivate(url: URL): boolean {
  return (
    url.protocol === "https:" ||
    (url.protocol === "http:" && LOOPBACK.has(url.hostname))
  );
}
