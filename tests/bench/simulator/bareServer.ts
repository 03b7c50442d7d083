import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The least that can be done: reads the request to its end and answers the bytes of a file. */
const body = readFileSync(process.argv[2] ?? "");
const headers = { "content-type": "application/json;charset=utf-8", "content-length": body.length };

const server = createServer((request, answer) => {
  request.resume();
  request.on("end", () => answer.writeHead(200, headers).end(body));
});
server.listen(0, "127.0.0.1", () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
