import { Server, ServerCredentials, status, type sendUnaryData, type ServerUnaryCall } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { changedProperties } from "./changedProperties";
import type { Properties, ResourceKind } from "./resourceKind";

export interface StandIn {
  readonly version: string;
  /** The provider's configuration, by keys without a namespace. */
  configure?(variables: Readonly<Record<string, string>>): void;
  /** By type token. */
  readonly kinds: Readonly<Record<string, ResourceKind>>;
}

/** Serves a provider plugin to the engine that started this process, as plugins do: the port on the first line. */
export function serveProvider(standIn: StandIn): void {
  const kindOf = (urn: string): ResourceKind => {
    const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
    const kind = standIn.kinds[type];
    if (kind === undefined) throw new Error(`This stand-in for tests does not know ${type}.`);
    return kind;
  };
  const server = new Server();
  server.addService(ResourceProviderService, {
    getPluginInfo: answer(() => {
      const info = new PluginInfo();
      info.setVersion(standIn.version);
      return info;
    }),
    checkConfig: answer((request: proto.CheckRequest) => checked(request.getNews())),
    diffConfig: answer(() => new proto.DiffResponse()),
    configure: answer((request: proto.ConfigureRequest) => {
      const variables = request.getVariablesMap().toObject();
      standIn.configure?.(
        Object.fromEntries(variables.map(([key, value]) => [key.split(":").at(-1) ?? key, value])),
      );
      // Secrets come in clear, and the engine marks them again in what is answered.
      return new proto.ConfigureResponse();
    }),
    check: answer((request: proto.CheckRequest) => checked(request.getNews())),
    diff: answer((request: proto.DiffRequest) => {
      const changed = changedProperties(plain(request.getOldInputs()), plain(request.getNews()));
      const { replaceOn } = kindOf(request.getUrn());
      const response = new proto.DiffResponse();
      response.setChanges(
        changed.length > 0
          ? proto.DiffResponse.DiffChanges.DIFF_SOME
          : proto.DiffResponse.DiffChanges.DIFF_NONE,
      );
      response.setDiffsList([...changed]);
      response.setReplacesList(changed.filter((name) => replaceOn.includes(name)));
      return response;
    }),
    create: answer(async (request: proto.CreateRequest) => {
      const { id, outputs } = await kindOf(request.getUrn()).create(plain(request.getProperties()));
      const response = new proto.CreateResponse();
      response.setId(id);
      response.setProperties(Struct.fromJavaScript(outputs as never));
      return response;
    }),
    read: answer(async (request: proto.ReadRequest) => {
      const found = await kindOf(request.getUrn()).read(request.getId(), plain(request.getProperties()));
      const response = new proto.ReadResponse();
      if (found === undefined) return response;
      response.setId(request.getId());
      response.setProperties(Struct.fromJavaScript(found as never));
      response.setInputs(request.getInputs());
      return response;
    }),
    update: answer(async (request: proto.UpdateRequest) => {
      const [old, news] = [plain(request.getOlds()), plain(request.getNews())];
      const outputs = await kindOf(request.getUrn()).update(request.getId(), old, news);
      const response = new proto.UpdateResponse();
      response.setProperties(Struct.fromJavaScript(outputs as never));
      return response;
    }),
    delete: answer(async (request: proto.DeleteRequest) => {
      await kindOf(request.getUrn()).delete(request.getId(), plain(request.getProperties()));
      return new Empty();
    }),
    cancel: answer(() => new Empty()),
  });
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    console.log(port);
  });
}

function answer<Request, Response>(work: (request: Request) => Response | Promise<Response>) {
  return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>) => {
    Promise.resolve()
      .then(() => work(call.request))
      .then(
        (response) => callback(null, response),
        (error: unknown) =>
          callback({
            code: status.UNKNOWN,
            details: error instanceof Error ? error.message : String(error),
          }),
      );
  };
}

function checked(inputs: Struct | undefined): proto.CheckResponse {
  const response = new proto.CheckResponse();
  response.setInputs(inputs);
  return response;
}

function plain(properties: Struct | undefined): Properties {
  return properties?.toJavaScript() ?? {};
}
