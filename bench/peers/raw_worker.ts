/**
 * The least a chat on a Durable Object can be: hibernating sockets and a loop of sends.
 * It stores nothing, welcomes nobody and knows no presence.
 */
import { DurableObject } from "cloudflare:workers";

interface Env {
  readonly ROOMS: DurableObjectNamespace<RawRoom>;
}

export class RawRoom extends DurableObject<Env> {
  override fetch(request: Request): Response {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    const nickname = new URL(request.url).searchParams.get("nickname");
    server.serializeAttachment({ nickname });
    return new Response(null, { status: 101, webSocket: client });
  }

  override webSocketMessage(socket: WebSocket, text: string | ArrayBuffer) {
    const { nickname } = socket.deserializeAttachment();
    const frame = JSON.stringify({ nickname, text });
    for (const each of this.ctx.getWebSockets()) {
      try {
        each.send(frame);
      } catch {
        // It went away; its close event follows.
      }
    }
  }

  override webSocketClose(socket: WebSocket) {
    socket.close();
  }
}

export default {
  fetch(request: Request, env: Env): Promise<Response> {
    const room = new URL(request.url).pathname;
    return env.ROOMS.getByName(room).fetch(request);
  },
};
