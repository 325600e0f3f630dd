import { toast } from "./toast.ts";
import { say } from "./words.ts";

/** How long a button says that it has copied. */
const SAID_MS = 2_000;

/** Makes `button` copy what `read` returns at that moment. */
export function makeCopyButton(
  button: HTMLButtonElement,
  read: () => string,
): void {
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(read());
    } catch {
      toast(say("notCopied"));
      return;
    }
    toast(say("copied"));
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), SAID_MS);
  });
}
