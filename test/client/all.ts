/** Every test that runs outside of vitest: `deno run test/client/all.ts`, or in a browser. */
import "./backoff_test.ts";
import "./chat_client_test.ts";
import "./connection_test.ts";
import "./context_test.ts";
import "./credentials_test.ts";
import "./heartbeat_test.ts";
import "./http_tools_test.ts";
import "./moderation_test.ts";
import "./outbox_test.ts";
import "./reactions_test.ts";
import "./read_mark_test.ts";
import "./retry_test.ts";
import "./room_test.ts";
import "./rooms_test.ts";
import "./schedule_test.ts";
import "./timeline_test.ts";
import "./tools_test.ts";
import "./unsent_test.ts";
import { run } from "./support/suite.ts";

// A browser has no exit code; whoever opened it reads the outcome.
Object.assign(globalThis, { outcome: await run() });
