/** The end of an object that nothing announces. */
import type { TestMember } from "./member.ts";
import { inside, stubOf } from "./project.ts";

/** Ends the object as a fault of its machine does: no task of it is ever done. */
export async function abort(
  project: string,
  members: TestMember[],
): Promise<void> {
  const stub = stubOf(project);
  await inside(project, (_, state) => state.abort("power cut")).catch(() => {});
  await Promise.all(members.map(({ closed }) => closed));
  // The next call finds a new object.
  await stub.origins().catch(() => {});
}
