import { runPlayer } from "./player.ts";

await runPlayer("runCuts", process.argv.slice(2));
