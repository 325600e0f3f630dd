import type { Member } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Child } from "../render.ts";

/** What somebody looks for. */
export interface Wish {
  readonly text: string;
  /** Whether in all rooms of the project. */
  readonly isEverywhere: boolean;
  /** Id of a member. */
  readonly author?: string;
  /** In ms since 1970: from the beginning of a day, to the end of one. */
  readonly from?: number;
  readonly to?: number;
}

interface SearchFormProps {
  readonly conversation: Conversation;
  /** What was looked for last. */
  readonly wish: Wish;
  begin(form: HTMLFormElement): void;
}

/** What is written in the form. */
export function readWish(form: HTMLFormElement): Wish {
  const data = new FormData(form);
  const field = (name: string) => String(data.get(name) ?? "");
  const author = field("author");
  const from = dayAt(field("from"), 0);
  const to = dayAt(field("to"), 1);
  return {
    text: field("q").trim(),
    isEverywhere: field("scope") !== "",
    ...(author && { author }),
    ...(from && { from }),
    ...(to && { to }),
  };
}

/** Midnight of the reader's own, `later` days after the day that is written as `yyyy-mm-dd`. */
function dayAt(written: string, later: number): number | undefined {
  const [year = 0, month = 1, day = 1] = written.split("-").map(Number);
  return written ? new Date(year, month - 1, day + later).getTime() : undefined;
}

/** Where one writes what one looks for. */
export function SearchForm(props: SearchFormProps): Child {
  const { conversation, wish, begin } = props;
  const { strings } = conversation;
  const submit = (event: Event) => {
    event.preventDefault();
    // It is heard at the form below.
    begin(event.currentTarget as HTMLFormElement);
  };
  return (
    <form class="naming" onsubmit={submit}>
      <input
        name="q"
        type="search"
        enterkeyhint="search"
        maxlength={100}
        aria-label={strings.searchFor}
        placeholder={strings.searchFor}
        value={wish.text}
        mount={(input) => {
          input.focus();
          input.select();
        }}
      />
      <button type="submit" class="primary">
        {strings.searchGo}
      </button>
      <details>
        <summary>{strings.searchFilters}</summary>
        {/* Where one would be led must be a place to come back from. */}
        {conversation.element.rooms && (
          <label key="scope">
            {strings.searchScope}
            <select name="scope">
              <option value="">{strings.searchRoom}</option>
              <option value="all" selected={wish.isEverywhere}>
                {strings.searchProject}
              </option>
            </select>
          </label>
        )}
        <label>
          {strings.searchAuthor}
          <select name="author">
            <option value="">{strings.searchAnybody}</option>
            {peopleOf(conversation).map(({ id, nickname }) => (
              <option key={id} value={id} selected={id === wish.author}>
                {nickname}
              </option>
            ))}
          </select>
        </label>
        <label>
          {strings.searchFrom}
          <input name="from" type="date" />
        </label>
        <label>
          {strings.searchTo}
          <input name="to" type="date" />
        </label>
      </details>
    </form>
  );
}

/** Who is here or wrote what is loaded, each once, by nickname. */
function peopleOf({ client }: Conversation): Member[] {
  const { members = [], messages } = client.timeline;
  const people = new Map<string, Member>();
  for (const { author } of messages) people.set(author.id, author);
  for (const member of members) people.set(member.id, member);
  return [...people.values()].sort((one, other) =>
    one.nickname.localeCompare(other.nickname),
  );
}
