import * as pulumi from "@pulumi/pulumi";
import * as openapi from "@alicloud/openapi-core";
import * as rds from "@alicloud/rds20140815";

/**
 * What a competent user writes by hand in an afternoon, and what the product is measured against: the newest backup is
 * copied, then looked at every ten seconds. It knows no interrupted run, no foreign database and no limit of calls.
 */
export interface HandWrittenCopyArgs {
  readonly source: pulumi.Input<string>;
  readonly target: pulumi.Input<string>;
  readonly database: pulumi.Input<string>;
  /** Host and port, for tests. Default: the region's own. */
  readonly endpoint?: pulumi.Input<string>;
}

interface Inputs {
  readonly source: string;
  readonly target: string;
  readonly database: string;
  readonly endpoint?: string;
}

/** Keys come from the environment, so that they are not in the state. */
function connect({ endpoint }: Inputs): InstanceType<typeof rds.default> {
  return new rds.default(
    new openapi.$OpenApiUtil.Config({
      accessKeyId: process.env["ALICLOUD_ACCESS_KEY"] ?? "",
      accessKeySecret: process.env["ALICLOUD_SECRET_KEY"] ?? "",
      regionId: "cn-hangzhou",
      ...(endpoint === undefined ? {} : { endpoint, protocol: "HTTP" }),
    }),
  );
}

async function newestBackup(client: InstanceType<typeof rds.default>, { source }: Inputs): Promise<string> {
  const day = 24 * 3_600_000;
  const minute = (time: number) => `${new Date(time).toISOString().slice(0, 16)}Z`;
  const { body } = await client.describeBackups(
    new rds.DescribeBackupsRequest({
      DBInstanceId: source,
      backupStatus: "Success",
      backupMode: "Automated",
      startTime: minute(Date.now() - 7 * day),
      endTime: minute(Date.now() + day),
    }),
  );
  const backups = (body?.items?.backup ?? []).filter((one) => one.backupType === "FullBackup");
  backups.sort((one, other) => ((one.backupEndTime ?? "") < (other.backupEndTime ?? "") ? 1 : -1));
  const id = backups[0]?.backupId;
  if (id === undefined) throw new Error(`${source} has no successful full backup of the last seven days`);
  return id;
}

async function waitUntilRunning(client: InstanceType<typeof rds.default>, inputs: Inputs): Promise<void> {
  const deadline = Date.now() + 2 * 3_600_000;
  while (Date.now() < deadline) {
    const { body } = await client.describeDatabases(
      new rds.DescribeDatabasesRequest({ DBInstanceId: inputs.target, DBName: inputs.database }),
    );
    if (body?.databases?.database?.[0]?.DBStatus === "Running") return;
    await new Promise((resolve) => setTimeout(resolve, 10_000));
  }
  throw new Error(`${inputs.database} is not running on ${inputs.target} after two hours`);
}

const provider: pulumi.dynamic.ResourceProvider<Inputs, Inputs> = {
  async create(inputs) {
    const client = connect(inputs);
    await client.copyDatabaseBetweenInstances(
      new rds.CopyDatabaseBetweenInstancesRequest({
        DBInstanceId: inputs.source,
        targetDBInstanceId: inputs.target,
        dbNames: JSON.stringify({ [inputs.database]: inputs.database }),
        backupId: await newestBackup(client, inputs),
      }),
    );
    await waitUntilRunning(client, inputs);
    return { id: `${inputs.target}/${inputs.database}`, outs: inputs };
  },
  diff(_id, olds, news) {
    const replaces = (["source", "target", "database"] as const).filter((name) => olds[name] !== news[name]);
    return Promise.resolve({ changes: replaces.length > 0, replaces, deleteBeforeReplace: true });
  },
  async delete(_id, inputs) {
    await connect(inputs).deleteDatabase(
      new rds.DeleteDatabaseRequest({ DBInstanceId: inputs.target, DBName: inputs.database }),
    );
  },
};

export class HandWrittenCopy extends pulumi.dynamic.Resource {
  constructor(name: string, args: HandWrittenCopyArgs, options?: pulumi.CustomResourceOptions) {
    super(provider, name, args, options);
  }
}
