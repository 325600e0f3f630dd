/** The drawings on buttons; 24 by 24, in the colour of the text. */
const PATHS = {
  chat: "M4 5h16v11H9l-5 4z",
  close: "M6 6l12 12M18 6L6 18",
  down: "M12 5v14M6 13l6 6 6-6",
  send: "M12 19V5M6 11l6-6 6 6",
  people:
    "M9 11a4 4 0 100-8 4 4 0 000 8zM2 20c0-8 14-8 14 0M16 4a4 4 0 010 7M18 14c3 1 4 3 4 6",
  clock: "M12 21a9 9 0 100-18 9 9 0 000 18zM12 7v5l3 2",
};

/** A drawing that means nothing to a screen reader; its button carries the name. */
export function Icon({ name }: { readonly name: keyof typeof PATHS }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
