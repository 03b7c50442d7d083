import { databaseCopyProvider } from "./dynamic/databaseCopyProvider";
import { endWithEngine } from "./dynamic/endWithEngine";
import { keepingSecrets } from "./dynamic/secretOutputs";

endWithEngine();

/**
 * The entry that the text in the stack's state loads. Its path is permanent: states that were written
 * years ago name it.
 */
const provider = keepingSecrets(databaseCopyProvider());

export = provider;
