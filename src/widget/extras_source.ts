import type { ExtrasModule } from "./extras_module.ts";

/**
 * Fetches the extras. For the script that the server hands out, the build says where they
 * are by URL (tools/esbuild_plugins.ts): beside the widget's own, wherever that came from.
 * A browser may remember that an address failed, so there each attempt has its own.
 */
export function fetchExtras(_attempt: number): Promise<ExtrasModule> {
  return import("./extras/mod.ts");
}
