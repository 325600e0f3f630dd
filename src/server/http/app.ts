/** What the Worker's routes share: its bindings, and what is known of a request. */
import type { Variables as Settings } from "../config.ts";
import type { Caller } from "../door/caller.ts";
import type { ProjectChat } from "../project_chat.ts";
import type { Limiter } from "./edge_check.ts";

/** Bindings and variables of wrangler.toml. */
export interface Env extends Settings {
  readonly ASSETS: Fetcher;
  /** Who may show the embedded page in a frame. */
  readonly FRAME_ANCESTORS?: string;
  /** The platform's counter of requests, where there is one. */
  readonly CONNECTS?: Limiter;
  readonly PROJECTS: DurableObjectNamespace<ProjectChat>;
}

/** For Hono: the bindings, and what the middleware found out. */
export interface App {
  Bindings: Env;
  Variables: {
    project: string;
    stub: DurableObjectStub<ProjectChat>;
    caller: Caller;
  };
}
