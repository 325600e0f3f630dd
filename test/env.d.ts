declare namespace Cloudflare {
  interface Env {
    ASSETS: Fetcher;
    TOKEN_SECRET: string;
    PROJECTS: DurableObjectNamespace<
      import("../src/server/project_chat.ts").ProjectChat
    >;
  }
  interface GlobalProps {
    mainModule: typeof import("../src/server/worker.ts");
  }
}

declare module "*?raw" {
  const text: string;
  export default text;
}
