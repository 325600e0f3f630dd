/** The conversation. */
export const LOG = `
.stage { position: relative; flex: 1; min-height: 0 }
.log {
  height: 100%;
  overflow: hidden auto;
  overscroll-behavior: contain;
  /* Opaque, so that scrolling paints nothing anew. */
  background: var(--bg);
}
.content { min-height: 100%; padding-block: 12px 4px }
/* Few messages stand at the end, next to where one writes. */
.content > :first-child { margin-block-start: auto }
.far { content-visibility: auto; contain-intrinsic-size: auto 1600px }
.start, .older { align-self: center; padding-inline: 16px }
.day, .divider { padding: 12px 16px 4px }
/* "today" begins a line. */
.day { text-transform: capitalize }
.day::before, .day::after, .divider::before {
  content: "";
  flex: 1;
  border-block-start: 1px solid var(--line);
}
.row {
  display: grid;
  grid-template-columns: 36px minmax(0, 1fr) auto;
  column-gap: 10px;
  padding: 2px 16px;
}
.head { margin-block-start: 8px }
.own { background-color: var(--tint) }
.avatar {
  width: 36px;
  height: 36px;
  border-radius: 10px;
  background: oklch(.48 .11 var(--hue));
  color: #fff;
}
time { white-space: nowrap }
.row > time { justify-self: end; font-size: 10px; line-height: 23px }
.row:not(:hover, :focus-within) > time { visibility: hidden }
.meta { display: flex; flex-wrap: wrap; gap: 0 8px }
.name { color: light-dark(oklch(.45 .13 var(--hue)), oklch(.8 .11 var(--hue))) }
/* All on the side of the page, whatever language they are in. */
.text { white-space: pre-wrap; unicode-bidi: plaintext; text-align: match-parent }
a { color: var(--ink) }
blockquote { padding-inline-start: 10px; border-inline-start-width: 3px }
code { border-radius: 5px; font: .9em ui-monospace, monospace }
/* A box that scrolls sideways would have to be a stop of the Tab key. */
pre { padding: 8px; white-space: pre-wrap; border-width: 1px; border-radius: 8px }
pre code { background: none }
time, em, small, header button { unicode-bidi: plaintext }
.pending .text { opacity: .7 }
`;
