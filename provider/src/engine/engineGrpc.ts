import type * as grpc from "@grpc/grpc-js";
import { createRequire } from "node:module";

/**
 * gRPC as `@pulumi/pulumi` itself loads it: its clients take neither credentials nor states of another copy, and a package
 * manager may well install two.
 */
export const engineGrpc = createRequire(require.resolve("@pulumi/pulumi"))("@grpc/grpc-js") as typeof grpc;
