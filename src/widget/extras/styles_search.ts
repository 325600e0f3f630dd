/** The search, over the log that it is about. */
export const SEARCH_STYLES = `
.search {
  position: absolute;
  inset: 0;
  z-index: 1;
  display: flex;
  flex-direction: column;
  background: var(--bg);
}
/* What leads through the log is of no use under it. */
.log[inert] ~ button { display: none }
.search form { margin-block: 12px 0 }
.search details { flex: 1 0 100%; font-size: 13px }
.search summary { padding-block: 6px; color: var(--muted); cursor: pointer }
.search summary::before { content: "▸ " / "" }
.search [open] summary::before { content: "▾ " / "" }
.search label {
  display: inline-grid;
  width: min(13em, 50%);
  gap: 2px;
  padding: 4px 4px 4px 0;
  font-weight: 400;
}
.search select, .search [type=date] {
  min-height: var(--tap);
  padding: 4px 6px;
  border: 1px solid var(--muted);
  border-radius: 8px;
  background: var(--bg);
  color: inherit;
  font: inherit;
  font-size: 16px;
  width: 100%;
  min-width: 0;
}
.search > p { padding: 8px 16px; font-size: 13px; color: var(--muted) }
.found { flex: 1; overflow: hidden auto; display: flex; flex-direction: column }
.found li button {
  display: grid;
  grid-template-columns: 36px minmax(0, 1fr);
  gap: 10px;
  width: 100%;
  padding: 8px 16px;
  border-radius: 0;
  text-align: start;
}
.found small { margin-inline-start: 8px; font-size: 13px; color: var(--muted) }
.found .text { display: block }
mark { background: light-dark(#ffe08a, #6b5200); color: inherit; border-radius: 3px }
`;
