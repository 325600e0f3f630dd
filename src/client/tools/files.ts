/** Images that go with messages: to the server, and from it. */
import type { MessageFile } from "../../protocol/files.ts";
import type { ChatClient } from "../chat_client.ts";
import { addressOf, credentialsOf, read } from "./http.ts";

/** Options of one upload. */
export interface UploadOptions {
  /** Gives the upload up. */
  readonly signal?: AbortSignal;
  /** What part has left, from 0 to 1; only where the platform tells. */
  readonly onProgress?: (part: number) => void;
}

/** Address of the file `key`. */
export function fileUrl(
  client: Pick<ChatClient, "url" | "project">,
  key: string,
): string {
  return addressOf(client, `files/${encodeURIComponent(key)}`);
}

/**
 * Gives an image to the project; `send` takes its key as `file`. It is dropped if no message
 * has taken it within an hour.
 * Rejects with a {@linkcode ChatError} that says why it was refused.
 */
export async function uploadFile(
  client: ChatClient,
  file: Blob,
  options: UploadOptions = {},
): Promise<MessageFile> {
  const { signal } = options;
  const url = addressOf(client, "files");
  const headers = await credentialsOf(client);
  signal?.throwIfAborted();
  // Only this old way tells how far it is, and not every platform has it.
  if (globalThis.XMLHttpRequest)
    return post({ ...options, url, headers, file });
  const init = { method: "POST", headers, body: file, signal: signal ?? null };
  const answer = await fetch(url, init);
  return read(answer, await answer.text());
}

interface Post extends UploadOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly file: Blob;
}

function post(options: Post): Promise<MessageFile> {
  const { url, headers, file, signal, onProgress } = options;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    signal?.addEventListener("abort", abort);
    request.upload.onprogress = ({ loaded, total }) =>
      onProgress?.(loaded / total);
    request.onloadend = () => {
      signal?.removeEventListener("abort", abort);
      const { status, responseText } = request;
      try {
        signal?.throwIfAborted();
        // As fetch() has it.
        if (status === 0) throw new TypeError("Failed to upload");
        const ok = status < 300;
        resolve(read<MessageFile>({ ok, status }, responseText));
      } catch (error) {
        reject(error);
      }
    };
    request.open("POST", url);
    for (const [name, value] of Object.entries(headers))
      request.setRequestHeader(name, value);
    request.send(file);
  });
}
