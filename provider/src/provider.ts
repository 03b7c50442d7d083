import { databaseCopyProvider } from "./engine/databaseCopyProvider";
import { endWithEngine } from "./engine/endWithEngine";

endWithEngine();

/**
 * The entry that the text in the stack's state loads. Its path is permanent: states that were written
 * years ago name it.
 */
const provider = databaseCopyProvider();

export = provider;
