/** The project's HTTP routes, asked as who a client is. */
import type { ChatClient } from "../chat_client.ts";
import { ChatError, type ChatProblem } from "../chat_error.ts";

/** Address of `path` below the project of `client`. */
export function addressOf(
  { url, project }: Pick<ChatClient, "url" | "project">,
  path: string,
): string {
  return new URL(`project/${project}/${path}`, url).href;
}

/** What shows who one is; nothing for somebody whom the room does not know yet. */
export async function credentialsOf(
  client: ChatClient,
): Promise<Record<string, string>> {
  const { getToken } = client.options;
  const token = getToken ? await getToken() : client.you?.token;
  return token ? { Authorization: `Bearer ${token}` } : {};
}

/** What an answer says; throws a {@linkcode ChatError} for a refusal. */
export function read<Answer>(
  { ok, status }: Pick<Response, "ok" | "status">,
  body: string,
): Answer {
  try {
    const answer = JSON.parse(body);
    if (ok) return answer;
    throw new ChatError(answer as ChatProblem);
  } catch (error) {
    if (error instanceof ChatError) throw error;
    // Something between us and the server answered in its place.
    const message = `Cannot read the server's answer: status ${status}`;
    throw new ChatError({ code: "internal", message });
  }
}
