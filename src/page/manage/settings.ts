/** What an owner decides about the project. */
import type { Settings, SettingsChange } from "../../protocol/settings.ts";
import { create } from "../dom.ts";
import type { Desk } from "./desk.ts";
import { Refusal } from "./desk.ts";
import { action, attempt, type Section } from "./section.ts";
import { createFields, type Field } from "./settings_fields.ts";
import { explain, tell } from "./words.ts";

/** The form as somebody left it before they had saved it. */
let left: { readonly form: HTMLFormElement; isChanged(): boolean } | undefined;
/** The line that says how it went is another one each time. */
let say: (text: string) => void;

/** The tab of settings. What was changed and not saved is there again in the same page. */
export function createSettings(desk: Desk): Section {
  return {
    id: "settings",
    title: tell("settings"),
    needs: "settings",
    async load(next) {
      say = next;
      if (left?.isChanged()) {
        say(tell("unsaved"));
        return left.form;
      }
      let settings = await desk.ask<Settings>("settings");
      const fields = createFields();
      const save = create("button", {
        className: "primary",
        type: "submit",
        children: [tell("save")],
      });
      const discard = action(tell("discard"), {
        onClick(button) {
          void attempt(button, { say: (text) => say(text), act: reload });
        },
      });
      const form = create("form", {
        className: "fields",
        noValidate: true,
        children: [
          ...fields.map(({ element }) => element),
          create("div", { children: [save, discard] }),
        ],
      });
      fill();
      left = {
        form,
        isChanged: () => Object.keys(changesOf(fields, settings)).length > 0,
      };
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        void attempt(save, { say: (text) => say(text), act: send });
      });

      function fill(): void {
        for (const field of fields) {
          field.write(settings);
          field.fault("");
        }
      }

      /** Another owner may have saved something meanwhile. */
      async function reload(): Promise<void> {
        settings = await desk.ask<Settings>("settings");
        fill();
        say(tell("discarded"));
      }

      async function send(): Promise<void> {
        for (const field of fields) field.fault("");
        const change = changesOf(fields, settings);
        if (Object.keys(change).length === 0) return say(tell("unchanged"));
        try {
          settings = await desk.ask<Settings>("settings", {
            method: "PATCH",
            body: change,
          });
        } catch (fault) {
          if (!point(fields, fault)) throw fault;
          return say("");
        }
        fill();
        for (const field of fields) field.settled(change, settings);
        say(tell("saved"));
      }
      return form;
    },
  };
}

/** Only what was changed is sent, so that two owners do not undo each other. */
function changesOf(
  fields: readonly Field[],
  settings: Settings,
): SettingsChange {
  const written = fields.map(({ name, read }) => [name, read()] as const);
  return Object.fromEntries(
    written.filter(
      ([name, value]) =>
        JSON.stringify(value) !== JSON.stringify(settings[name]),
    ),
  );
}

/** Says what is wrong at the field that it is about; false when it is about none. */
function point(fields: readonly Field[], fault: unknown): boolean {
  if (!(fault instanceof Refusal) || fault.field === "") return false;
  const [name, index] = fault.field.split(".");
  const field = fields.find((one) => one.name === name);
  field?.fault(explain(fault), Number(index));
  return field !== undefined;
}
