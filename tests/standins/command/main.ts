import { serveProvider } from "../serveProvider";
import { localCommand } from "./localCommand";

serveProvider({ version: "1.2.1", kinds: { "command:local:Command": localCommand } });
