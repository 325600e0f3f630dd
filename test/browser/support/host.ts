/** A site that embeds the widget: a small static server with the strictest policy. */
import { once } from "node:events";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";

const ENTRY = fileURLToPath(
  new URL("../../../src/widget/define.ts", import.meta.url),
);
const STYLE = `
  :root { color-scheme: light dark }
  body { margin: 0; font: 16px sans-serif }
  project-chat:not([mode="bubble"]) { height: 520px }
`;

/** A page of the site. */
export interface HostPage {
  /** Where the chat is. */
  readonly server: string;
  /** Markup of the main part. */
  readonly body: string;
  /** A script of the site's own. */
  readonly script?: string;
  /** Where the widget comes from. Default: the site itself. */
  readonly widget?: string;
}

/** A running site. */
export interface Host {
  readonly url: string;
  /** Puts a page up and says where. */
  show(page: HostPage): string;
  close(): Promise<void>;
}

interface File {
  readonly type: string;
  readonly body: string;
  readonly policy?: string;
}

/** Builds the widget and starts a site that has it. */
export async function startHost(): Promise<Host> {
  const files = new Map<string, File>([
    ["/widget.js", { type: "text/javascript", body: await bundleWidget() }],
    ["/host.css", { type: "text/css", body: STYLE }],
    ["/elsewhere", { type: "text/html", body: "<title>다른 곳</title>" }],
  ]);
  const server = createServer(({ url = "" }, response) => {
    const file = files.get(url);
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, {
      "content-type": `${file.type}; charset=utf-8`,
      ...(file.policy && { "content-security-policy": file.policy }),
    });
    return response.end(file.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("Site has no port");
  let pages = 0;
  return {
    url: `http://127.0.0.1:${address.port}`,
    show(page) {
      const name = `/${++pages}`;
      const script = page.script && `${name}.js`;
      if (script && page.script)
        files.set(script, { type: "text/javascript", body: page.script });
      files.set(name, {
        type: "text/html",
        body: write(page, script),
        policy: policyFor(page),
      });
      return `http://127.0.0.1:${address.port}${name}`;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Code of the tests as one script. */
export function bundle(code: string): Promise<string> {
  const resolveDir = fileURLToPath(new URL(".", import.meta.url));
  return run({ stdin: { contents: code, resolveDir } });
}

function bundleWidget(): Promise<string> {
  return run({ entryPoints: [ENTRY] });
}

async function run(options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    ...options,
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return outputFiles[0]?.text ?? "";
}

/** What docs/embedding.md asks an embedder for, and nothing more. */
function policyFor({ server, widget = "" }: HostPage): string {
  const { origin } = new URL(server, "http://localhost");
  return [
    "default-src 'none'",
    `script-src 'self' ${widget && new URL(widget).origin}`,
    `connect-src ${origin} ${origin.replace("http", "ws")}`,
    "style-src 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

function write(
  { body, widget = "/widget.js" }: HostPage,
  script: string | undefined,
): string {
  return `<!doctype html>
<html lang="ko">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>어느 상점</title>
    <link rel="stylesheet" href="/host.css">
    <script type="module" src="${widget}"></script>
    ${script ? `<script type="module" src="${script}"></script>` : ""}
  </head>
  <body>
    <main><h1>어느 상점</h1>${body}</main>
  </body>
</html>`;
}
