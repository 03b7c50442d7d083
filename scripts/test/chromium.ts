import { existsSync } from "node:fs";

/** A Chromium to drive: `CHROMIUM` if set, else where Linux distributions put it; nothing is downloaded. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const asked = env["CHROMIUM"];
  return [...(asked === undefined ? [] : [asked]), "/usr/bin/chromium", "/usr/bin/chromium-browser"].find(
    (file) => existsSync(file),
  );
}
