import { endWithEngine } from "./engine/endWithEngine";
import { restorePointProvider } from "./engine/restorePointProvider";

endWithEngine();

/**
 * The entry that the text of a `CommonRestorePoint` in the stack's state loads. Its path is permanent, as
 * that of `provider` is.
 */
const provider = restorePointProvider();

export = provider;
