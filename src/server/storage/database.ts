/** SQLite as the rest of the server sees it: statements end at once and their rows are counted. */

/** What a column may hold. */
export type Value = string | number | null | ArrayBuffer;
/** One row of a result, by column name. */
export type Row = Record<string, Value>;

/** Runs statements to their end and counts the rows that the operator pays for. */
export class Database {
  readonly #storage: DurableObjectStorage;
  #rowsRead = 0;
  #rowsWritten = 0;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Rows read since this object woke. */
  get rowsRead(): number {
    return this.#rowsRead;
  }

  /** Rows written since this object woke; an index entry and a delete count as one each. */
  get rowsWritten(): number {
    return this.#rowsWritten;
  }

  /** Bytes on disk. */
  get size(): number {
    return this.#storage.sql.databaseSize;
  }

  /** All rows of a statement. */
  all<Result extends Row>(query: string, ...bindings: Value[]): Result[] {
    const cursor = this.#storage.sql.exec<Result>(query, ...bindings);
    const rows = cursor.toArray();
    this.#count(cursor);
    return rows;
  }

  /** The first row of a statement, if it has one. */
  first<Result extends Row>(
    query: string,
    ...bindings: Value[]
  ): Result | undefined {
    return this.all<Result>(query, ...bindings)[0];
  }

  /** Runs a statement for its effect. */
  run(query: string, ...bindings: Value[]): void {
    this.#count(this.#storage.sql.exec(query, ...bindings));
  }

  #count(cursor: { rowsRead: number; rowsWritten: number }): void {
    this.#rowsRead += cursor.rowsRead;
    this.#rowsWritten += cursor.rowsWritten;
  }

  /** Runs `change` entirely or not at all. */
  transaction<Result>(change: () => Result): Result {
    return this.#storage.transactionSync(change);
  }
}
