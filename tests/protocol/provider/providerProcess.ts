import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

export type Properties = Record<string, unknown>;

/** How a create or an update ended. */
export type Outcome =
  | { readonly state: "done"; readonly id: string; readonly properties: Properties }
  | { readonly state: "failed"; readonly message: string }
  | {
      readonly state: "notInitialised";
      readonly id: string;
      readonly reasons: readonly string[];
      readonly properties: Properties;
    };

/** The dynamic-provider process of `@pulumi/pulumi`, spoken to as the engine does. */
export interface ProviderProcess extends AsyncDisposable {
  /** Gives another configuration of the stack: providers that are loaded from then on have it. */
  configure(configuration: ProcessOptions["configuration"]): Promise<void>;
  check(
    olds: Properties,
    news: Properties,
  ): Promise<{ inputs: Properties; failures: { property: string; reason: string }[] }>;
  diff(
    id: string,
    olds: Properties,
    news: Properties,
  ): Promise<{ changes: "none" | "some" | "unknown"; replaces: string[]; deleteBeforeReplace: boolean }>;
  create(inputs: Properties): Promise<Outcome>;
  update(id: string, olds: Properties, news: Properties): Promise<Outcome>;
  read(id: string, properties: Properties): Promise<{ id: string; properties: Properties }>;
  delete(id: string, properties: Properties): Promise<void>;
  /** Resolves with the exit code when the process ends by itself. */
  readonly ended: Promise<number | null>;
  /** What the process wrote to its standard error. */
  errorOutput(): string;
}

export interface ProcessOptions {
  /** Address of the engine, the last argument of the process. */
  readonly engine: string;
  /** The stack's configuration, with its namespaces. */
  readonly configuration: Readonly<Record<string, string>>;
  /** Beside the search path: nothing of this machine's own environment is seen. */
  readonly env?: Readonly<Record<string, string>>;
}

export async function startProvider(options: ProcessOptions): Promise<ProviderProcess> {
  const child = spawn(process.execPath, [entry, options.engine], {
    cwd: __dirname,
    env: {
      PATH: process.env["PATH"],
      NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
      ALICLOUD_RDS_COPY_CLOCK: "simulator",
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const [port] = (await once(createInterface(child.stdout), "line")) as [string];
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());

  const call = <Response>(
    ask: (answer: (error: ServiceError | null, response: Response) => void) => unknown,
  ): Promise<Response> =>
    new Promise((resolve, reject) => {
      ask((error, response) => (error ? reject(error) : resolve(response)));
    });
  const configure: ProviderProcess["configure"] = async (configuration) => {
    const request = new proto.ConfigureRequest();
    request.setArgs(struct(configuration));
    await call<proto.ConfigureResponse>((answer) => client.configure(request, answer));
  };
  await configure(options.configuration);

  return {
    configure,
    async check(olds, news) {
      const request = new proto.CheckRequest();
      request.setOlds(struct(olds));
      request.setNews(struct(news));
      const response = await call<proto.CheckResponse>((answer) => client.check(request, answer));
      const failures = response
        .getFailuresList()
        .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));
      return { inputs: plain(response.getInputs()), failures };
    },
    async diff(id, olds, news) {
      const request = new proto.DiffRequest();
      request.setId(id);
      request.setOlds(struct(olds));
      request.setNews(struct(news));
      const response = await call<proto.DiffResponse>((answer) => client.diff(request, answer));
      const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
      const changes = response.getChanges();
      return {
        changes: changes === DIFF_NONE ? "none" : changes === DIFF_SOME ? "some" : "unknown",
        replaces: response.getReplacesList(),
        deleteBeforeReplace: response.getDeletebeforereplace(),
      };
    },
    create(inputs) {
      const request = new proto.CreateRequest();
      request.setProperties(struct(inputs));
      return outcome(
        call<proto.CreateResponse>((answer) => client.create(request, answer)),
        (response) => ({
          id: response.getId(),
          properties: plain(response.getProperties()),
        }),
      );
    },
    update(id, olds, news) {
      const request = new proto.UpdateRequest();
      request.setId(id);
      request.setOlds(struct(olds));
      request.setNews(struct(news));
      return outcome(
        call<proto.UpdateResponse>((answer) => client.update(request, answer)),
        (response) => ({
          id,
          properties: plain(response.getProperties()),
        }),
      );
    },
    async read(id, properties) {
      const request = new proto.ReadRequest();
      request.setId(id);
      request.setProperties(struct(properties));
      const response = await call<proto.ReadResponse>((answer) => client.read(request, answer));
      return { id: response.getId(), properties: plain(response.getProperties()) };
    },
    async delete(id, properties) {
      const request = new proto.DeleteRequest();
      request.setId(id);
      request.setProperties(struct(properties));
      await call((answer) => client.delete(request, answer));
    },
    ended,
    errorOutput: () => errors,
    async [Symbol.asyncDispose]() {
      client.close();
      child.kill("SIGKILL");
      await ended;
    },
  };
}

const entry = createRequire(__filename).resolve("@pulumi/pulumi/cmd/dynamic-provider/index.js");

function struct(value: object): Struct {
  return Struct.fromJavaScript(value as Record<string, JavaScriptValue>);
}

function plain(value: Struct | undefined): Properties {
  return value?.toJavaScript() ?? {};
}

/** An error with details is a failed initialisation, as the engine reads it. */
async function outcome<Response>(
  answer: Promise<Response>,
  read: (response: Response) => { id: string; properties: Properties },
): Promise<Outcome> {
  try {
    return { state: "done", ...read(await answer) };
  } catch (error) {
    const { details, metadata } = error as ServiceError;
    const [packed] = metadata.get("grpc-status-details-bin");
    if (!Buffer.isBuffer(packed)) return { state: "failed", message: details };
    const [detail] = Status.deserializeBinary(packed).getDetailsList();
    const failed = proto.ErrorResourceInitFailed.deserializeBinary(
      detail?.getValue_asU8() ?? new Uint8Array(),
    );
    return {
      state: "notInitialised",
      id: failed.getId(),
      reasons: failed.getReasonsList(),
      properties: plain(failed.getProperties()),
    };
  }
}
