import type { ChannelInterface } from "@grpc/grpc-js";
import { engineClient, engineGrpc } from "./engineClient";

/**
 * Ends this process when the engine that it was connected to is gone. A killed engine leaves its provider processes
 * running: this one would go on changing databases, beside the next run and without anybody to record it. What the
 * cloud has accepted by then goes on there, and the next run finds it by its intent and its owner mark.
 */
export function endWithEngine(): void {
  const channel = engineClient()?.getChannel();
  if (channel) watch(channel, false);
}

/** A connection that is lost may only have been idle: the engine is gone if it cannot be connected to anew. */
function watch(channel: ChannelInterface, wasThere: boolean): void {
  const { connectivityState } = engineGrpc;
  const state = channel.getConnectivityState(true);
  if (wasThere && state === connectivityState.TRANSIENT_FAILURE) process.exit(1);
  const isThere = wasThere || state === connectivityState.READY;
  channel.watchConnectivityState(state, Infinity, () => watch(channel, isThere));
}
