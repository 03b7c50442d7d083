import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { engineGrpc } from "./engineGrpc";

let client: EngineClient | undefined;

/**
 * The engine that started this process: its address is the last argument (docs/engine-notes.md). `undefined`
 * where there is none, as in tests and mocks.
 */
export function engineClient(): EngineClient | undefined {
  const address = process.argv.at(-1) ?? "";
  if (!/^[\w.-]+:\d+$/.test(address)) return undefined;
  client ??= new EngineClient(address, engineGrpc.credentials.createInsecure());
  return client;
}
