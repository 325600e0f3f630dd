/** Tokens of the look, and what all parts share. */
export const BASE = `
:host {
  --accent: var(--pc-accent, #4150d4);
  --bg: var(--pc-bg, light-dark(#fff, #18191e));
  --fg: var(--pc-fg, light-dark(#1d1e24, #e7e8ee));
  --muted: var(--pc-muted, color-mix(in srgb, var(--fg) 70%, var(--bg)));
  --line: color-mix(in srgb, var(--fg) 13%, #0000);
  --soft: color-mix(in srgb, var(--fg) 6%, #0000);
  --tint: color-mix(in srgb, var(--accent) 7%, #0000);
  --ink: color-mix(in srgb, var(--accent) 60%, var(--fg));
  --danger: light-dark(#b3261e, #ff9d94);
  --radius: var(--pc-radius, 12px);
  --tap: 36px;
  color-scheme: light dark;
  display: block;
  height: var(--pc-height, 36rem);
  font: 15px/1.5 var(--pc-font, Pretendard, system-ui, sans-serif);
  word-break: keep-all;
  overflow-wrap: anywhere;
  text-align: start;
}
:host([theme="light"]) { color-scheme: light }
:host([theme="dark"]) { color-scheme: dark }
:host([theme="inherit"]) { color-scheme: inherit }
* {
  box-sizing: border-box;
  margin: 0;
  border: 0 solid var(--line);
  padding: 0;
  background: none;
  list-style: none;
}
button, input, textarea { font: inherit; color: inherit }
button {
  min-width: var(--tap);
  min-height: var(--tap);
  padding-inline: 8px;
  border-radius: 8px;
  cursor: pointer;
}
button:hover { background-image: linear-gradient(var(--soft), var(--soft)) }
:disabled { opacity: .4 }
.primary, .launcher, .send {
  background-color: var(--accent);
  color: var(--pc-accent-fg, #fff);
}
:focus-visible, .composer:focus-within {
  outline: 2px solid var(--ink);
  outline-offset: -2px;
}
textarea:focus-visible { outline: 0 }
/* Signs for the eye alone: the buttons have names. */
.close::before, .launcher[aria-expanded="true"]::before { content: "✕" }
.send::before { content: "↑" }
.chat, .content { display: flex; flex-direction: column }
.chat {
  position: relative;
  height: 100%;
  overflow: clip;
  border-width: 1px;
  background: var(--bg);
  color: var(--fg);
}
header, .banner, .day, .divider {
  display: flex;
  align-items: center;
  gap: 8px;
}
.launcher, .avatar, .send { display: grid; place-items: center }
header {
  padding-block: 6px;
  padding-inline: 16px 8px;
  border-block-end-width: 1px;
}
header strong, .banner span { flex: 1 }
header strong {
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}
.typing, .start, .older, .day, .divider, time, small, .you, .banner, .problem {
  font-size: 13px;
}
header button, .typing, .start, .older, .day, time, small, .you, .row > div > em, blockquote, ::placeholder {
  color: var(--muted);
}
.over, .problem, .divider { color: var(--danger) }
.day, .divider, .name, .avatar, .badge, .primary {
  font-weight: 600;
}
.you, .older, code { background-color: var(--soft) }
.you { padding-inline: 5px; border-radius: 5px }
.launcher, .panel {
  box-shadow: 0 2px 16px #0004;
}
.banner {
  flex-wrap: wrap;
  padding-inline: 16px 8px;
  background: var(--soft);
}
.banner button, .problem button { text-decoration: underline }
.unseen { position: absolute; clip-path: inset(50%) }
@media (pointer: coarse) {
  :host { --tap: 44px }
}
@media (forced-colors: active) {
  button { border-width: 1px }
}
`;
