/** The code that puts a chat into a page. Pure. */

/** How it is put there. */
export type EmbedMode = "inline" | "bubble" | "iframe";

/** What the code is about. */
export interface EmbedOptions {
  /** The chat server. */
  readonly origin: string;
  readonly project: string;
  /** Attributes beside `project`; undefined ones are left out. */
  readonly attributes?: Readonly<Record<string, string | undefined>>;
  /** Colour of the launcher and of buttons. */
  readonly accent?: string | undefined;
}

/** The lines to paste for the tag. */
export function tagCode({
  origin,
  project,
  attributes = {},
  accent,
}: EmbedOptions): string {
  const written = Object.entries({ project, ...attributes }).flatMap(
    ([name, value]) =>
      value === undefined ? [] : [` ${name}="${quotable(value)}"`],
  );
  const lines = [
    `<script type="module" src="${origin}/widget.js"></script>`,
    `<project-chat${written.join("")}></project-chat>`,
  ];
  if (accent)
    lines.push(`<style>project-chat { --pc-accent: ${accent} }</style>`);
  return lines.join("\n");
}

/** The line to paste for a frame, which keeps host and chat apart. */
export function frameCode({
  origin,
  project,
  attributes = {},
}: EmbedOptions): string {
  const query = new URLSearchParams({ embed: "1" });
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) query.set(name, value);
  const src = quotable(`${origin}/project/${project}?${query}`);
  return [
    `<iframe src="${src}"`,
    `  title="Chat" width="400" height="600" allow="clipboard-write"></iframe>`,
  ].join("\n");
}

function quotable(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;");
}
