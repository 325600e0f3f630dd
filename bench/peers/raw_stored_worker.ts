/**
 * The raw broadcast with the one thing that a chat with a history cannot do without: each
 * text is a row before anybody sees it. The runtime holds the frames back for its commit.
 */
import { RawRoom } from "./raw_worker.ts";

export class RawStoredRoom extends RawRoom {
  constructor(...options: ConstructorParameters<typeof RawRoom>) {
    super(...options);
    this.ctx.storage.sql.exec(
      "CREATE TABLE IF NOT EXISTS messages (seq INTEGER PRIMARY KEY, text TEXT)",
    );
  }

  override webSocketMessage(socket: WebSocket, text: string | ArrayBuffer) {
    this.ctx.storage.sql.exec("INSERT INTO messages (text) VALUES (?)", text);
    super.webSocketMessage(socket, text);
  }
}

export { default } from "./raw_worker.ts";
