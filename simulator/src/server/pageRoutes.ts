import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The status page: three files of this package, nothing from elsewhere, and nothing on it that changes anything. */
export const pageRoutes = (): Readonly<Record<string, Route>> =>
  Object.fromEntries(
    files.map(({ path, file, type }) => {
      const text = readFileSync(join(folder, file), "utf8");
      return [`GET ${path}`, () => ({ status: 200, headers: { ...headers, "content-type": type }, text })];
    }),
  );

/** What a route answers. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text: string;
}

/** @param body of the request, parsed from JSON; throws where it is none */
export type Route = (body: () => unknown) => Reply;

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
