import type { ServerResponse } from "node:http";

/** For what is not the client's doing, such as a state file that cannot be written any more. */
export function answerFailure(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const Message = error instanceof Error ? error.message : String(error);
  response
    .writeHead(500, { "content-type": "application/json;charset=utf-8" })
    .end(JSON.stringify({ Code: "InternalError", Message }));
}
