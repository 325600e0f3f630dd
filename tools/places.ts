/** Where things are in this repository. */
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
export const SOURCE = `${ROOT}src`;
/** What the server hands out. */
export const PUBLIC = `${ROOT}public`;
/** What the npm package exports. */
export const DIST = `${ROOT}dist`;
