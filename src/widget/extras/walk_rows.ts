/**
 * Moves the focus among the rows of a log by arrow keys, Home and End. The log is one
 * stop of the Tab key, however many rows it has.
 */
export function walkRows(event: KeyboardEvent): void {
  const log = event.currentTarget as Element;
  const rows = [...log.querySelectorAll<HTMLElement>("[data-seq]")];
  const last = rows.length - 1;
  const index = rows.findIndex((row) => row.matches(":focus-within"));
  const leadsTo: Readonly<Record<string, number>> = {
    ArrowUp: index < 0 ? last : index - 1,
    ArrowDown: index < 0 ? last : index + 1,
    Home: 0,
    End: last,
  };
  // Beyond the ends there is no row, and the log scrolls.
  const row = rows[leadsTo[event.key] ?? -1];
  if (!row) return;
  event.preventDefault();
  event.stopPropagation();
  row.focus();
}
