/** The look of what keeps order. */
export const ORDER_STYLES = `
.happening {
  padding: 4px 16px;
  color: var(--muted);
  font-size: 13px;
  text-align: center;
}
.standing {
  align-self: center;
  padding-inline: 6px;
  border-radius: 99px;
  background: var(--accent);
  color: var(--pc-accent-fg, #fff);
  font-size: 11px;
  line-height: 18px;
  white-space: nowrap;
}
/* Beside the name, wherever it was drawn. */
.meta .name { order: -2 }
.meta .standing { order: -1 }
.signed { min-width: 16px; padding-inline: 3px; line-height: 16px; text-align: center }
.signed::before { content: "✓" }
.picture {
  position: absolute;
  inset-block-start: 2px;
  inset-inline-start: 16px;
  width: 36px;
  height: 36px;
  border-radius: 10px;
  object-fit: cover;
}
.unseen .picture { display: none }
#people li { position: relative; flex-wrap: wrap }
#people .picture { inset: 0 auto auto 0 }
#people :is(.more, .acts button) { background: none }
#people .more { width: auto; margin-inline-start: auto }
.more::before { content: "⋯" }
.steer::before { content: "⚙" }
.acts { width: 100% }
.acts button { width: 100%; text-align: start; padding-inline: 46px 8px }
#steer {
  margin: 4px;
  position-area: block-end span-inline-start;
  width: min(300px, 100vw - 16px);
}
#steer > * + * { margin-block-start: 12px }
#steer small { display: block; margin-block-start: 4px }
.topic div { display: flex; gap: 6px }
.topic input { flex: 1 }
.lock { width: 100%; background-color: var(--soft) }
.lock[aria-pressed="true"] { background-color: var(--accent); color: var(--pc-accent-fg, #fff) }
.notices {
  padding: 6px 16px;
  border-block-end: 1px solid var(--line);
  background: var(--tint);
  font-size: 14px;
}
.notices summary { color: var(--muted); font-size: 13px; cursor: pointer; list-style: revert }
.subject { max-height: 4.5em; overflow: auto }
.pin { display: block; width: 100%; padding-inline: 0; text-align: start }
.pin::before { content: "📌 " / "" }
.challenge { margin: 8px 16px }
.held, .shut { margin-inline: 12px; font-size: 13px; color: var(--muted) }
.held { padding-inline: 4px; font-variant-numeric: tabular-nums }
.shut { margin-block-end: 12px; padding: 10px 12px; border-radius: var(--radius); background: var(--soft) }
.unsent { display: flex; align-items: start; gap: 6px; color: var(--fg) }
.reports a { padding-inline: 8px }
.ask select { width: 100%; min-height: var(--tap); padding-inline: 6px; border: 1px solid var(--muted); border-radius: 8px }
.ask select, .ask option { background-color: var(--bg); color: var(--fg); font: inherit }
.ask :is(select, label) { margin-block-start: 8px }
.ask label { display: flex; align-items: center; gap: 8px; font-weight: 400 }
.ask [type="checkbox"] { flex: none; width: 18px; height: 18px; margin: 0 }
.menu { max-height: calc(100vh - 16px); overflow: auto }
`;
