/** The look of the extras. */
export const STYLES = `
.popup {
  padding: 12px;
  border-width: 1px;
  border-radius: var(--radius);
  background: var(--bg);
  color: var(--fg);
  box-shadow: 0 2px 16px #0004;
}
#people {
  margin: 4px;
  position-area: block-end span-inline-start;
  width: 240px;
  max-height: 60vh;
}
#people li { display: flex; align-items: center; gap: 8px; margin-block: 4px }
#people button { width: 100%; background-color: var(--soft) }
.actions {
  position: absolute;
  top: max(var(--top) - 14px, 4px);
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
.big .text { font-size: 2.5em; line-height: 1.3 }
.quoted { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.quoted, .row small { font-size: 13px; color: var(--muted) }
`;
