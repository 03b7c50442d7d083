import type * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { createRequire } from "node:module";

/**
 * gRPC as `@pulumi/pulumi` itself loads it: its clients take neither credentials nor states of another copy, and a package
 * manager may well install two.
 */
export const engineGrpc = createRequire(require.resolve("@pulumi/pulumi"))("@grpc/grpc-js") as typeof grpc;

let client: EngineClient | undefined;

/** The engine that started this process; `undefined` where there is none, as in tests and mocks. */
export function engineClient(): EngineClient | undefined {
  const address = engineAddress();
  if (address === undefined) return undefined;
  client ??= new EngineClient(address, engineGrpc.credentials.createInsecure(), {
    // It is on this machine, where no proxy leads.
    "grpc.enable_http_proxy": 0,
  });
  return client;
}

/** Host and port of the engine, the last argument of a provider process (docs/engine-notes.md). */
export function engineAddress(): string | undefined {
  const address = process.argv.at(-1) ?? "";
  return /^[\w.-]+:\d+$/.test(address) ? address : undefined;
}
