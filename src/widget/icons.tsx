/** The drawings on buttons; 24 by 24, in the colour of the text. */
const PATHS = {
  chat: "M4 5h16v11H9l-5 4z",
  close: "M6 6l12 12M18 6L6 18",
  down: "M12 5v14M6 13l6 6 6-6",
  send: "M12 19V5M6 11l6-6 6 6",
  people: "M12 11a4 4 0 100-8 4 4 0 000 8zM4 21c0-8 16-8 16 0",
};

/** A drawing that means nothing to a screen reader; its button carries the name. */
export function Icon({ name }: { readonly name: keyof typeof PATHS }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
