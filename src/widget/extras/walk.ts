/** The arrow keys: through the rows of a log, the items of a menu, what a search found. */

/** What keys lead through. */
interface Walk {
  /** Finds the stops in the element that the listener is at. */
  readonly stops: string;
  /** Where keys lead from the stop `index`, -1 for none, of which the last is `last`. */
  readonly leadsTo: (
    index: number,
    last: number,
  ) => Readonly<Record<string, number>>;
}

/**
 * Moves the focus among the rows of a log by arrow keys, Home and End. The log is one
 * stop of the Tab key, however many rows it has. Beyond the ends the log scrolls.
 */
export const walkRows = walk({
  stops: "[data-seq]",
  leadsTo: (index, last) => ({
    ArrowUp: index < 0 ? last : index - 1,
    ArrowDown: index < 0 ? last : index + 1,
    Home: 0,
    End: last,
  }),
});

/** Moves the focus among the items of a menu, and from the last to the first. */
export const walkItems = walk({
  stops: "[role^=menuitem]",
  leadsTo(index, last) {
    const before = index > 0 ? index - 1 : last;
    const after = index < last ? index + 1 : 0;
    return {
      ArrowUp: before,
      ArrowLeft: before,
      ArrowDown: after,
      ArrowRight: after,
      Home: 0,
      End: last,
    };
  },
});

/** Moves the focus from the field of a search into what was found, and there. */
export const walkFound = walk({
  stops: "[type=search], .found button",
  leadsTo: (index): Readonly<Record<string, number>> =>
    index < 0 ? {} : { ArrowUp: index - 1, ArrowDown: index + 1 },
});

/** Keys of the arrows that point the other way where one reads from right to left. */
const MIRRORED: Readonly<Record<string, string>> = {
  ArrowLeft: "ArrowRight",
  ArrowRight: "ArrowLeft",
};

function walk({ stops, leadsTo }: Walk) {
  return (event: KeyboardEvent): void => {
    // Where a listener is heard, it is at an element.
    const list = event.currentTarget as Element;
    const all = list.querySelectorAll<HTMLElement>(stops);
    const index = [...all].findIndex((stop) => stop.matches(":focus-within"));
    const { direction } = getComputedStyle(list);
    const key = (direction === "rtl" && MIRRORED[event.key]) || event.key;
    // While a syllable is composed, the keys are the input method's.
    const to = event.isComposing
      ? undefined
      : leadsTo(index, all.length - 1)[key];
    const stop = all[to ?? -1];
    if (!stop) return;
    event.preventDefault();
    event.stopPropagation();
    stop.focus();
  };
}
