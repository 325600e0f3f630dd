/** The least a chat on Node can be: the `ws` package and a loop of sends. */
import { createServer } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { sayPort } from "./say_port.ts";

const rooms = new Map<string, Set<WebSocket>>();
const server = createServer();

new WebSocketServer({ server }).on("connection", (socket, request) => {
  const url = new URL(request.url ?? "/", "http://localhost");
  const nickname = url.searchParams.get("nickname");
  const room = rooms.get(url.pathname) ?? new Set();
  rooms.set(url.pathname, room.add(socket));
  socket.on("message", (data) => {
    const frame = JSON.stringify({ nickname, text: data.toString() });
    for (const each of room) {
      if (each.readyState === each.OPEN) each.send(frame);
    }
  });
  socket.on("close", () => room.delete(socket));
});

server.listen(0, "127.0.0.1", () => sayPort(server));
