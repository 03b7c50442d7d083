import { connect } from "node:net";
import type { ChannelInterface } from "@grpc/grpc-js";
import { engineAddress, engineClient, engineGrpc } from "./engineClient";

let isWatched = false;

/**
 * Ends this process when the engine that started it is gone. A killed engine leaves its provider processes
 * running: this one would go on changing databases, beside the next run and without anybody to record it. What the
 * cloud has accepted by then goes on there, and the next run finds it by its intent and its owner mark.
 *
 * Every provider of the package asks for it, since a process may load only one of them.
 */
export function endWithEngine(): void {
  const channel = engineClient()?.getChannel();
  if (channel && !isWatched) watch(channel);
  isWatched = true;
}

/**
 * A connection that is lost may only have been idle, and one that was never made may only be late on a busy machine:
 * the engine is gone when nobody listens at its address.
 */
function watch(channel: ChannelInterface): void {
  const state = channel.getConnectivityState(true);
  if (state === engineGrpc.connectivityState.TRANSIENT_FAILURE) endIfNobodyListens();
  channel.watchConnectivityState(state, Infinity, () => watch(channel));
}

function endIfNobodyListens(): void {
  const [host, port] = (engineAddress() ?? "").split(":");
  const probe = connect({ host: host ?? "", port: Number(port) });
  probe.once("connect", () => probe.destroy());
  probe.once("error", ({ code }: NodeJS.ErrnoException) => {
    if (code === "ECONNREFUSED") process.exit(1);
  });
}
