declare namespace Cloudflare {
  interface Env {
    ASSETS: Fetcher;
    PROJECTS: DurableObjectNamespace<
      import("../src/server/project_chat.ts").ProjectChat
    >;
  }
  interface GlobalProps {
    mainModule: typeof import("../src/server/worker.ts");
  }
}
