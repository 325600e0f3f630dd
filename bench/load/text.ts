/** The text of a message: says whose and which it is, padded to a size. Pure. */

const FILLER = "lorem ipsum dolor sit amet, ";

/** The `n`-th text of `sender`, of as many bytes. */
export function makeText(
  mark: { readonly sender: number; readonly n: number },
  bytes: number,
): string {
  return `${mark.sender}.${mark.n}.`.padEnd(bytes, FILLER);
}

/** Whose text it is, and which. */
export function readText(text: string): { sender: number; n: number } {
  const dot = text.indexOf(".");
  return {
    sender: Number(text.slice(0, dot)),
    n: Number(text.slice(dot + 1, text.indexOf(".", dot + 1))),
  };
}
