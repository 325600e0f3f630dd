/** Where one writes and names oneself. */
export const COMPOSER = `
.typing { height: 20px; padding-inline: 16px }
.composer, .naming {
  display: flex;
  gap: 6px;
  margin: 0 12px 12px;
  border-radius: var(--radius);
}
.composer { align-items: end; padding: 4px; border-width: 1px }
/* Smaller, and Safari on a phone would zoom in. */
input, textarea { font-size: 16px; min-width: 0; padding: 6px 8px }
textarea {
  flex: 1;
  max-height: 9.5em;
  resize: none;
  field-sizing: content;
}
.naming { flex-wrap: wrap; padding: 12px; background: var(--tint) }
.naming :is(label, p) { flex: 1 0 100% }
.naming p:empty { display: none }
input {
  flex: 1 1 8em;
  border: 1px solid var(--muted);
  border-radius: 8px;
  background: var(--bg);
}
`;
