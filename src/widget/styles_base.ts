/** Tokens of the look, and what all parts share. */
export const BASE = `
:host {
  --accent: var(--pc-accent, #4150d4);
  --accent-fg: var(--pc-accent-fg, #fff);
  --bg: var(--pc-bg, light-dark(#fff, #18191e));
  --fg: var(--pc-fg, light-dark(#1d1e24, #e7e8ee));
  --muted: var(--pc-muted, light-dark(#5f636e, #a0a4b1));
  --line: color-mix(in srgb, var(--fg) 13%, transparent);
  --soft: color-mix(in srgb, var(--fg) 6%, transparent);
  --tint: color-mix(in srgb, var(--accent) 7%, transparent);
  --ink: light-dark(
    color-mix(in oklab, var(--accent) 88%, #000),
    color-mix(in oklab, var(--accent) 45%, #fff)
  );
  --danger: light-dark(#b3261e, #ff9d94);
  --radius: var(--pc-radius, 12px);
  --pop: 0 1px 2px #0002, 0 4px 16px #0002;
  color-scheme: light dark;
  display: block;
  block-size: var(--pc-height, 36rem);
  min-inline-size: 0;
  font: 15px/1.5 var(--pc-font, Pretendard, -apple-system, "Segoe UI",
    "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "NanumGothic",
    Roboto, sans-serif);
  word-break: keep-all;
  overflow-wrap: anywhere;
  text-align: start;
}
:host([theme="light"]) { color-scheme: light }
:host([theme="dark"]) { color-scheme: dark }
:host([theme="inherit"]) { color-scheme: inherit }
:host([hidden]) { display: none }
* { box-sizing: border-box }
p, ol, ul, pre, blockquote { margin: 0; padding: 0; list-style: none }
button, input, textarea { font: inherit; color: inherit }
button {
  border: 0;
  padding: 0 8px;
  min-block-size: 28px;
  border-radius: 8px;
  background: none;
  cursor: pointer;
  touch-action: manipulation;
}
button:hover { background: var(--soft) }
button:disabled { cursor: default }
button.primary, .launcher, .latest, .send {
  background: var(--accent);
  color: var(--accent-fg);
}
:focus-visible { outline: 2px solid var(--ink); outline-offset: -2px }
textarea:focus-visible { outline: 0 }
svg {
  inline-size: 20px;
  block-size: 20px;
  flex: none;
  fill: none;
  stroke: currentColor;
  stroke-width: 2;
  stroke-linecap: round;
  stroke-linejoin: round;
}
.chat {
  position: relative;
  display: flex;
  flex-direction: column;
  block-size: 100%;
  overflow: clip;
  background: var(--bg);
  color: var(--fg);
}
header {
  display: flex;
  align-items: center;
  gap: 4px;
  min-block-size: 48px;
  padding-inline: 16px 8px;
  border-block-end: 1px solid var(--line);
}
header strong {
  flex: 1;
  font-size: 16px;
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}
header button {
  display: flex;
  align-items: center;
  justify-content: center;
  gap: 5px;
  min-inline-size: 36px;
  min-block-size: 36px;
  color: var(--muted);
  font-size: 14px;
}
#people {
  inset: auto;
  position-area: block-end span-inline-start;
  inline-size: 240px;
  max-block-size: 60vh;
  padding: 12px;
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--bg);
  color: var(--fg);
  box-shadow: var(--pop);
}
@supports not (position-area: block-end) {
  #people { inset: 0 }
}
#people li { display: flex; align-items: center; gap: 8px; padding-block: 4px }
#people .avatar { inline-size: 24px; block-size: 24px; font-size: 12px }
#people button {
  inline-size: 100%;
  min-block-size: 36px;
  margin-block-start: 8px;
  background: var(--soft);
}
.banner {
  display: flex;
  align-items: center;
  flex-wrap: wrap;
  gap: 2px 8px;
  padding: 4px 8px 4px 16px;
  font-size: 13px;
  background: light-dark(#fff3d6, #3d3013);
  color: light-dark(#5e4200, #ffdf9e);
}
.banner.over { background: light-dark(#fde7e5, #46201d); color: light-dark(#8c1d16, #ffc9c3) }
.banner span { flex: 1 1 12em }
.banner button, .problem button {
  font-weight: 600;
  text-decoration: underline;
  text-underline-offset: 3px;
}
.problem { color: var(--danger) }
.hint, .typing { color: var(--muted) }
.you {
  padding-inline: 5px;
  border-radius: 5px;
  background: var(--soft);
  color: var(--muted);
  font-size: 11px;
  font-weight: 600;
  white-space: nowrap;
}
.unseen {
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
}
@media (pointer: coarse) {
  button { min-block-size: 44px !important; min-inline-size: 44px }
  input, textarea { font-size: 16px !important }
}
@media (prefers-reduced-motion: reduce) {
  * { animation: none !important; transition: none !important }
}
@media (forced-colors: active) {
  button { border: 1px solid }
  .own { border-inline-start: 3px solid Highlight; padding-inline-start: 13px }
}
`;
