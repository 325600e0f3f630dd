/** People, as a project knows them and as they see one another. */

/** What a person may do in a project. */
export type Role = "owner" | "moderator" | "member" | "guest" | "reader";

/** Who may come into a project: guests, guests and members, or members only. */
export type Mode = "open" | "mixed" | "members";

/** A person, as everybody in the room sees them. */
export interface Member {
  readonly id: string;
  readonly nickname: string;
  readonly role: Role;
  /** True for somebody who proved no identity but this browser's. */
  readonly guest: boolean;
  /** An https address of a picture, for members who have one. */
  readonly avatar?: string;
}

/** You, as only you are told. */
export interface You extends Member {
  /** This socket's stay in the room. */
  readonly session: string;
  /** Proves the same guest on the next connection. */
  readonly token?: string;
}
