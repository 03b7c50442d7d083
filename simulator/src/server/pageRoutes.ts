import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";

/** The status page: three files of this package, nothing from elsewhere, and nothing on it that changes anything. */
export function pageRoutes(app: FastifyInstance, _options: object, done: () => void): void {
  for (const { path, file, type } of files) {
    const text = readFileSync(join(folder, file), "utf8");
    app.get(path, (_request, reply) => reply.type(type).headers(headers).send(text));
  }
  done();
}

/** The same from `src/server` and `dist/server`. */
const folder = join(__dirname, "../../page");

const files = [
  { path: "/", file: "status.html", type: "text/html; charset=utf-8" },
  { path: "/status.css", file: "status.css", type: "text/css; charset=utf-8" },
  { path: "/status.js", file: "status.js", type: "text/javascript; charset=utf-8" },
] as const;

const headers = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'",
  "cache-control": "no-cache",
  "x-content-type-options": "nosniff",
} as const;
