/** How text is cleaned before it is stored, and what counts as none. Pure. */

// C0 except tab and line feed, DEL, and C1: nobody types them, terminals obey them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes.
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
// The braille blank is a symbol by category and a space to the eye.
const VISIBLE = /[^\s\u2800\p{Default_Ignorable_Code_Point}]/u;

/**
 * Well-formed NFC text with line feeds for line ends and without control
 * characters. Cleaning what is clean changes nothing.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(CONTROLS, "")
    .normalize("NFC");
}

/** Whether a reader would see anything of it. */
export function isBlank(text: string): boolean {
  return !VISIBLE.test(text);
}

/** Length in code points, what the contract counts in. */
export function codePointLength(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** Length in UTF-8 bytes of a well-formed string. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // A surrogate pair is two units and four bytes, so each half adds one.
    if (unit > 0x7f)
      bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}
