import { AVATAR, NICKNAME_DARK, NICKNAME_LIGHT, toCss } from "./colour.ts";

/** The conversation. */
export const LOG = `
.stage { position: relative; flex: 1; min-block-size: 0 }
.log {
  block-size: 100%;
  overflow: hidden auto;
  overscroll-behavior: contain;
  scrollbar-width: thin;
  scrollbar-color: var(--line) transparent;
}
.content {
  display: flex;
  flex-direction: column;
  min-block-size: 100%;
  padding-block: 12px 4px;
}
/* Few messages stand at the end, next to where one writes. */
.content > :first-child { margin-block-start: auto }
.far { content-visibility: auto; contain-intrinsic-size: auto 1600px }
.start, .older { align-self: center; color: var(--muted); font-size: 13px }
.start { padding: 16px 24px; text-align: center }
.older { min-block-size: 36px; padding-inline: 14px; background: var(--soft) }
.day, .divider {
  display: flex;
  align-items: center;
  gap: 12px;
  padding: 12px 16px 4px;
  font-size: 12px;
  font-weight: 600;
  color: var(--muted);
}
.day::before, .day::after, .divider::before {
  content: "";
  flex: 1;
  border-block-start: 1px solid var(--line);
}
/* "today" begins a line. */
.day span::first-letter { text-transform: uppercase }
.day span { display: inline-block }
.divider { color: var(--danger) }
.divider::before { border-color: currentColor }
.row {
  position: relative;
  display: grid;
  grid-template-columns: 36px minmax(0, 1fr) auto;
  column-gap: 10px;
  padding: 2px 16px;
}
.row.head { padding-block-start: 8px; margin-block-start: 2px }
.row:hover, .row:focus-within { background: var(--soft) }
.own { background: var(--tint) }
.avatar {
  display: grid;
  place-items: center;
  inline-size: 36px;
  block-size: 36px;
  border-radius: 10px;
  background: ${toCss(AVATAR)};
  color: #fff;
  font-weight: 600;
  line-height: 1;
  user-select: none;
  forced-color-adjust: none;
}
.head .avatar { grid-row: 1; margin-block-start: 3px }
time { color: var(--muted); font-size: 12px; white-space: nowrap }
.row > time {
  justify-self: end;
  visibility: hidden;
  font-size: 10px;
  line-height: 23px;
  letter-spacing: -.03em;
}
.row:hover > time, .row:focus-within > time { visibility: visible }
.meta { display: flex; flex-wrap: wrap; align-items: baseline; column-gap: 7px }
.name {
  font-weight: 700;
  color: light-dark(${toCss(NICKNAME_LIGHT)}, ${toCss(NICKNAME_DARK)});
}
.text { white-space: pre-wrap; unicode-bidi: plaintext }
.big { font-size: 2em; line-height: 1.3 }
.text a { color: var(--ink); text-underline-offset: 2px }
.text blockquote {
  padding-inline-start: 10px;
  border-inline-start: 3px solid var(--line);
  color: var(--muted);
}
code {
  padding: 1px 4px;
  border-radius: 5px;
  background: var(--soft);
  font: .9em/1.5 ui-monospace, Consolas, "D2Coding", "NanumGothicCoding", monospace;
}
pre {
  margin-block: 4px;
  padding: 8px 10px;
  /* A box that scrolls sideways would have to be a stop of the Tab key. */
  white-space: pre-wrap;
  border: 1px solid var(--line);
  border-radius: 8px;
}
pre code { padding: 0; background: none }
time, em, small { unicode-bidi: plaintext }
.row > div > em { color: var(--muted) }
small { color: var(--muted); font-size: 12px }
.quoted {
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
  font-size: 13px;
  color: var(--muted);
}
.reactions { display: flex; flex-wrap: wrap; gap: 4px; margin-block: 3px }
.reactions span {
  padding-inline: 8px;
  border: 1px solid var(--line);
  border-radius: 99px;
  font-size: 13px;
}
.reactions .mine { border-color: var(--ink); background: var(--tint) }
.pending .text { opacity: .7 }
.state { color: var(--muted) }
.state svg { inline-size: 14px; block-size: 14px }
.row .problem { font-size: 13px }
.actions {
  position: absolute;
  z-index: 1;
  inset-block-start: -12px;
  inset-inline-end: 12px;
  border: 1px solid var(--line);
  border-radius: 9px;
  background: var(--bg);
  box-shadow: var(--pop);
  color: var(--muted);
  font-size: 12px;
}
.latest {
  position: absolute;
  inset-block-end: 10px;
  inset-inline: 0;
  inline-size: fit-content;
  margin-inline: auto;
  display: flex;
  align-items: center;
  gap: 6px;
  min-block-size: 34px;
  padding-inline: 12px 16px;
  border-radius: 99px;
  font-size: 13px;
  font-weight: 600;
  box-shadow: var(--pop);
}
.latest:hover, .send:hover, .launcher:hover, .primary:hover {
  background: color-mix(in oklab, var(--accent) 88%, #000);
}
.latest svg { inline-size: 16px; block-size: 16px }
`;
