/** Where one writes. */
export const COMPOSER = `
.typing { display: flex; height: 20px; padding-inline: 16px; white-space: pre }
.composer {
  display: flex;
  align-items: end;
  gap: 6px;
  margin: 0 12px 12px;
  padding: 4px;
  border-width: 1px;
  border-radius: var(--radius);
}
/* Smaller, and Safari on a phone would zoom in. */
input, textarea { font-size: 16px; min-width: 0; padding: 6px 8px }
textarea {
  flex: 1;
  max-height: 9.5em;
  resize: none;
  field-sizing: content;
}
`;
