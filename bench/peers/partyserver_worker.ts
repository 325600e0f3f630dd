/** The chat of PartyServer's documentation, hibernating, with a nickname on each message. */
import {
  type Connection,
  type ConnectionContext,
  routePartykitRequest,
  Server,
  type WSMessage,
} from "partyserver";

interface Env {
  readonly Chat: DurableObjectNamespace<Chat>;
  readonly [binding: string]: unknown;
}

type Person = Connection<{ readonly nickname: string }>;

export class Chat extends Server<Env & Cloudflare.Env> {
  static override options = { hibernate: true };

  override onConnect(person: Person, { request }: ConnectionContext): void {
    const nickname = new URL(request.url).searchParams.get("nickname") ?? "";
    person.setState({ nickname });
  }

  override onMessage(person: Person, text: WSMessage): void {
    const nickname = person.state?.nickname;
    this.broadcast(JSON.stringify({ nickname, text }));
  }
}

export default {
  async fetch(request: Request, env: Env & Cloudflare.Env): Promise<Response> {
    return (
      (await routePartykitRequest(request, env)) ??
      new Response("Not Found", { status: 404 })
    );
  },
};
