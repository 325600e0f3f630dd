/** How a refusal is told: as HTTP to a plain client, on a socket to a browser. */
import { ERRORS, type Problem, SUBPROTOCOL } from "../../protocol/mod.ts";
import { speaksProtocol } from "../door/join_request.ts";

/** Answers a request that is not granted. */
export function refuse(request: Request, problem: Problem): Response {
  return speaksProtocol(request) ? refuseSocket(problem) : refuseHttp(problem);
}

/** `{code, message, field?, until?}` with the status of the code. */
export function refuseHttp(
  problem: Problem,
  init: { status?: number; headers?: Record<string, string> } = {},
): Response {
  const { code, message, field, until, retryAfter } = problem;
  const status = init.status ?? ERRORS[code].status;
  const headers = {
    ...(retryAfter !== undefined && {
      "Retry-After": String(Math.ceil(retryAfter / 1000)),
    }),
    ...init.headers,
  };
  // What is undefined is not in the JSON.
  return Response.json({ code, message, field, until }, { status, headers });
}

/** An accepted socket that says why and closes: a browser cannot read a refused upgrade. */
function refuseSocket(problem: Problem): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  server.send(JSON.stringify([{ type: "error", ...problem }]));
  server.close(ERRORS[problem.code].close, problem.code);
  return new Response(null, {
    status: 101,
    webSocket: client,
    headers: { "Sec-WebSocket-Protocol": SUBPROTOCOL },
  });
}
