/** Points of docs/security.md that no rule of the contract covers. */
import { expect, test } from "vitest";
import { newProject, request, upgrade } from "./support/member.ts";

test("no connection is compressed, whatever its client offers", async () => {
  const response = await upgrade({
    project: newProject(),
    headers: { "Sec-WebSocket-Extensions": "permessage-deflate" },
  });
  expect(response.status).toBe(101);
  expect(response.headers.has("Sec-WebSocket-Extensions")).toBe(false);
  response.webSocket?.accept();
  response.webSocket?.close();
});

test("[D5] no route sets a cookie", async () => {
  const project = newProject();
  for (const path of ["", "/rooms", "/messages", "/members", "/stats", "/x"]) {
    const response = await request(`/project/${project}${path}`);
    expect(response.headers.has("Set-Cookie")).toBe(false);
    await response.arrayBuffer();
  }
});
