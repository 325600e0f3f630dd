/**
 * Who the reader is to this project: a token comes in the fragment of a link, which no
 * server sees, and is kept for the tab.
 */

const NAME = "token";
/** Where storage is blocked, a page remembers it as long as it is open. */
let remembered: string | undefined;

/** How a token is taken. */
export interface TakeOptions {
  /** Whether to leave it in the address where storage is blocked. */
  readonly mustKeep?: boolean;
}

/** Takes a token that a link brought out of the address and keeps it for `project`. */
export function takeToken(project: string, options: TakeOptions = {}): void {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const token = fragment.get(NAME);
  if (!token) return;
  try {
    sessionStorage.setItem(keyOf(project), token);
  } catch {
    if (options.mustKeep) return;
    remembered = token;
  }
  fragment.delete(NAME);
  const url = new URL(location.href);
  url.hash = fragment.toString();
  history.replaceState(history.state, "", url);
}

/** The token that is kept for `project`; a guest has none. */
export function tokenOf(project: string): string | undefined {
  try {
    return sessionStorage.getItem(keyOf(project)) ?? remembered;
  } catch {
    return remembered;
  }
}

/** From now on the reader is a guest. */
export function forgetToken(project: string): void {
  remembered = undefined;
  try {
    sessionStorage.removeItem(keyOf(project));
  } catch {
    // Then nothing was kept there.
  }
}

/** Headers that say who asks. */
export function credentialsOf(project: string): Record<string, string> {
  const token = tokenOf(project);
  return token ? { Authorization: `Bearer ${token}` } : {};
}

function keyOf(project: string): string {
  return `pc:token:${project}`;
}
