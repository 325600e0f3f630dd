/** The notifications of a system that has none: a headless browser denies them all. */
import type { Page } from "playwright-core";

/** What a page has put on the screen. */
export interface Shown extends EventTarget {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  closed: boolean;
}

declare global {
  interface Window {
    /** Notifications that were made, oldest first. */
    made: Shown[];
    /** How often the browser was asked for permission. */
    asked: number;
  }
}

/** Gives `page` notifications from its next load on; whoever asks for them is granted them. */
export async function giveNotifications(
  page: Page,
  permission: NotificationPermission,
): Promise<void> {
  await page.addInitScript((initial: NotificationPermission) => {
    window.made = [];
    window.asked = 0;
    class Fake extends EventTarget implements Shown {
      static permission = initial;
      static requestPermission() {
        window.asked++;
        Fake.permission = "granted";
        return Promise.resolve(Fake.permission);
      }
      readonly title: string;
      readonly body: string;
      readonly tag: string;
      closed = false;
      constructor(title: string, options: NotificationOptions = {}) {
        super();
        const { body = "", tag = "" } = options;
        this.title = title;
        this.body = body;
        this.tag = tag;
        // As browsers do: without permission nothing is shown.
        if (Fake.permission === "granted") window.made.push(this);
      }
      close() {
        this.closed = true;
      }
    }
    Object.assign(window, { Notification: Fake });
  }, permission);
}
