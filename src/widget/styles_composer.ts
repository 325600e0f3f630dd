/** Where one writes and names oneself. */
export const COMPOSER = `
.typing {
  block-size: 20px;
  padding-inline: 16px;
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
  font-size: 12px;
}
.composer {
  display: flex;
  align-items: flex-end;
  gap: 4px;
  margin: 0 12px 12px;
  padding: 4px;
  border: 1px solid var(--line);
  border-radius: var(--radius);
}
.composer:focus-within { border-color: var(--ink); box-shadow: 0 0 0 1px var(--ink) }
textarea {
  flex: 1;
  min-inline-size: 0;
  max-block-size: 9.5em;
  padding: 6px 8px;
  border: 0;
  resize: none;
  background: none;
  field-sizing: content;
  scrollbar-width: thin;
}
::placeholder { color: var(--muted); opacity: 1 }
.left { align-self: center; font-size: 12px; color: var(--muted); white-space: nowrap }
.left.problem { color: var(--danger); font-weight: 600 }
.send {
  display: grid;
  place-items: center;
  inline-size: 36px;
  min-block-size: 36px;
  padding: 0;
}
.send:disabled { background: var(--soft); color: var(--muted) }
.naming {
  display: flex;
  flex-wrap: wrap;
  gap: 6px;
  margin: 0 12px 8px;
  padding: 12px;
  border-radius: var(--radius);
  background: var(--tint);
}
.naming label, .naming p { flex: 1 0 100% }
.naming label { font-weight: 600 }
.naming p:empty { display: none }
.naming p { font-size: 13px }
.naming button { min-block-size: 36px; padding-inline: 14px; font-weight: 600 }
input {
  flex: 1 1 8em;
  min-inline-size: 0;
  min-block-size: 36px;
  padding-inline: 10px;
  border: 1px solid color-mix(in srgb, var(--fg) 45%, transparent);
  border-radius: 8px;
  background: var(--bg);
}
`;
