/** Showing that a guest is a person, where the operator of a server asks for that. */
import type { ChatClient } from "../chat_client.ts";
import { addressOf, credentialsOf, read } from "./http.ts";

/** What draws the challenge for `client`; `undefined` where there is none. */
export async function challengeOf(
  client: ChatClient,
): Promise<string | undefined> {
  const answer = await fetch(addressOf(client, "challenge"));
  // Where nobody is challenged there is no such thing.
  if (!answer.ok) return undefined;
  return read<{ sitekey: string }>(answer, await answer.text()).sitekey;
}

/**
 * Hands in what the drawn challenge gave; from then on the guest may speak. Rejects with
 * `forbidden` where it was not passed.
 */
export async function passChallenge(
  client: ChatClient,
  response: string,
): Promise<void> {
  const answer = await fetch(addressOf(client, "challenge"), {
    method: "POST",
    headers: await credentialsOf(client),
    body: JSON.stringify({ response }),
  });
  const { token } = read<{ token: string }>(answer, await answer.text());
  client.tell({ type: "auth", token });
}
