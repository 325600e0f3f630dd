import { ORDER_STYLES } from "./styles_order.ts";
import { SEARCH_STYLES } from "./styles_search.ts";

/** The look of the extras. */
export const STYLES = `${ORDER_STYLES}${SEARCH_STYLES}
.popup {
  padding: 12px;
  border-width: 1px;
  border-radius: var(--radius);
  background: var(--bg);
  color: var(--fg);
  box-shadow: 0 2px 16px #0004;
}
input {
  flex: 1 1 8em;
  border: 1px solid var(--muted);
  border-radius: 8px;
  background: var(--bg);
}
.naming {
  display: flex;
  flex-wrap: wrap;
  gap: 6px;
  margin: 0 12px 12px;
  padding: 12px;
  border-radius: var(--radius);
  background: var(--tint);
}
.naming :is(label, p) { flex: 1 0 100% }
.naming p:empty { display: none }
.refused { padding: 0 16px 8px }
#people {
  margin: 4px;
  position-area: block-end span-inline-start;
  width: 240px;
  max-height: 60vh;
}
#people li { display: flex; align-items: center; gap: 8px; margin-block: 4px }
#people .avatar { flex: none }
#people button { width: 100%; background-color: var(--soft) }
.actions {
  position: absolute;
  top: max(var(--top) - 8px, 4px);
  inset-inline-end: 16px;
  min-height: 28px;
  background-color: var(--bg);
  box-shadow: 0 2px 16px #0004;
  color: var(--muted);
}
.actions::before { content: "⋯" }
.menu {
  margin: 0;
  inset: var(--top) auto auto var(--left);
  min-width: 180px;
  padding: 6px;
}
.menu button { display: block; width: 100%; text-align: start }
.danger { color: var(--danger) }
.attach::before { content: "+"; font-size: 20px }
.attached {
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  align-items: center;
  margin: 0 12px 6px;
  padding: 6px;
  border-radius: var(--radius);
  background: var(--soft);
  font-size: 13px;
}
.attached canvas { width: 48px; height: 48px; border-radius: 8px; background: var(--soft) }
.attached > span { flex: 1 1 6em; min-width: 0 }
.attached progress { width: 80px; accent-color: var(--accent) }
.attached .remove::before { content: "✕" }
.image { display: block; width: fit-content; max-width: 100% }
.image canvas {
  display: block;
  width: var(--width);
  max-width: 100%;
  height: auto;
  margin-block: 4px;
  border-radius: var(--radius);
  background: var(--soft);
}
.find::before {
  content: "";
  display: block;
  width: 16px;
  height: 16px;
  margin: auto;
  border-radius: 50%;
  background:
    radial-gradient(circle 4px at 6.5px 6.5px, #0000 3.5px, currentColor 4px 5.5px, #0000 6px) no-repeat,
    linear-gradient(45deg, #0000 calc(50% - 1px), currentColor calc(50% - 1px) calc(50% + 1px), #0000 0) 100% 100% / 6px 6px no-repeat;
}
.latest {
  position: absolute;
  bottom: 10px;
  inset-inline: 0;
  width: fit-content;
  display: flex;
  align-items: center;
  gap: 8px;
  margin-inline: auto;
  padding-inline: 12px 16px;
  border-radius: 99px;
  box-shadow: 0 2px 16px #0004;
  background-color: var(--accent);
  color: var(--pc-accent-fg, #fff);
  font-size: 13px;
}
.latest::before { content: "↓" / "" }
.latest, label { font-weight: 600 }
.left { font-size: 13px; color: var(--muted) }
.left.problem { color: var(--danger) }
.row:is(:hover, :focus-within) {
  background-image: linear-gradient(var(--soft), var(--soft));
}
/* Copying a conversation is copying what was said. */
.unseen, time, .avatar, .you { user-select: none }
@media (forced-colors: active) {
  .own { border-inline-start: 3px solid Highlight }
}
.readers { float: inline-end }
.big .text { font-size: 2.5em; line-height: 1.3 }
.line { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.quoted, .strip { font-size: 13px; color: var(--muted) }
.quoted {
  display: block;
  max-width: 100%;
  min-height: 24px;
  padding-inline: 8px;
  border-radius: 0;
  border-inline-start: 3px solid var(--line);
  text-align: start;
}
.short { display: flex; flex-wrap: wrap; max-width: calc(7 * var(--tap)) }
.menu .short button { width: var(--tap); padding: 0; text-align: center; font-size: 18px; font-variant-emoji: emoji }
.menu [aria-checked="true"] { background-color: var(--soft) }
.strip {
  display: flex;
  align-items: center;
  margin-inline: 12px;
  padding-inline-start: 10px;
  border-inline-start: 3px solid var(--accent);
}
.strip .line { flex: 1 }
.strip .close { min-height: 28px }
.chips { display: flex; flex-wrap: wrap; gap: 4px; padding-block: 2px }
.chip {
  min-width: 0;
  min-height: 26px;
  border-width: 1px;
  border-radius: 99px;
  font-size: 13px;
}
.chip[aria-pressed="true"] {
  border-color: var(--accent);
  background-color: var(--tint);
  font-weight: 600;
}
.chip:disabled { opacity: 1 }
.mention { color: var(--ink) }
.mention.you { padding: 0 2px; background: color-mix(in srgb, var(--accent) 18%, #0000) }
.meant { box-shadow: inset 3px 0 var(--accent) }
.said {
  position: absolute;
  z-index: 1;
  inset: auto 12px 10px;
  width: fit-content;
  margin-inline: auto;
  padding: 8px 14px;
  border-radius: var(--radius);
  background: var(--fg);
  color: var(--bg);
  font-size: 14px;
  pointer-events: none;
}
.said:has(~ .latest) { bottom: calc(var(--tap) + 18px) }
.above { position: relative }
.completion {
  position: absolute;
  inset: auto 12px 4px;
  z-index: 1;
  padding: 6px;
}
.choice {
  width: 100%;
  display: flex;
  align-items: center;
  gap: 8px;
  min-height: var(--tap);
  padding-inline: 8px;
  border-radius: 8px;
  cursor: pointer;
}
.completion .avatar { width: 24px; height: 24px; font-size: 12px }
.completion [aria-selected="true"] { background: var(--soft) }
.ask { margin: auto; width: min(360px, 100% - 32px) }
.ask::backdrop { background: #0006 }
.ask input { width: 100%; margin-block-start: 8px }
.buttons { display: flex; justify-content: end; gap: 8px; margin-block-start: 12px }
.buttons button { padding-inline: 14px }
.dangerous { background-color: light-dark(#b3261e, #d43f36); color: #fff }
@media (prefers-reduced-motion: no-preference) {
  .row:focus:not(:focus-visible) { animation: flash 1.6s }
  .said { animation: said .2s }
}
@keyframes said {
  from { opacity: 0 }
}
@keyframes flash {
  from { background-color: color-mix(in srgb, var(--accent) 30%, #0000) }
}
/* Where the system chooses the colours, ours tell nothing. */
@media (forced-colors: active) {
  .meant { border-inline-start: 3px double Highlight }
  :host :is([aria-checked="true"], [aria-pressed="true"], [aria-selected="true"]) {
    forced-color-adjust: none;
    background: SelectedItem;
    color: SelectedItemText;
  }
  [aria-selected="true"] .name { color: inherit }
}
`;
