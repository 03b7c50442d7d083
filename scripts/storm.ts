import { runPlayer } from "./player.ts";

await runPlayer("runStorm", process.argv.slice(2));
