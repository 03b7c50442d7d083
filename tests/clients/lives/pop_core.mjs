// The life of a copy with @alicloud/pop-core, the older Node.js client: HMAC-SHA1, answers as plain objects.
import { createRequire } from "node:module";

const { RPCClient } = createRequire(`${process.env.CLIENT_FOLDER}/`)("@alicloud/pop-core");

const [endpoint, accessKeyId, accessKeySecret] = process.argv.slice(2);
const client = new RPCClient({
  endpoint: `http://${endpoint}`,
  apiVersion: "2014-08-15",
  accessKeyId,
  accessKeySecret,
});

async function life() {
  const instances = await client.request("DescribeDBInstances", { RegionId: "cn-hangzhou" });
  const backups = await client.request("DescribeBackups", { DBInstanceId: "rm-prod" });
  const copied = await client.request(
    "CopyDatabaseBetweenInstances",
    {
      DBInstanceId: "rm-prod",
      TargetDBInstanceId: "rm-staging",
      BackupId: backups.Items.Backup[0].BackupId,
      DbNames: JSON.stringify({ orders: "orders_copy" }),
    },
    { method: "POST" },
  );
  const watched = [await seen(), await seen(), await seen()];
  const [read] = await databases();
  await client.request("DeleteDatabase", { DBInstanceId: "rm-staging", DBName: "orders_copy" });
  return {
    instances: instances.Items.DBInstance.map((instance) => instance.DBInstanceId),
    backups: backups.Items.Backup.map((backup) => backup.BackupId),
    requestId: copied.RequestId,
    watched,
    read: `${read.DBName} ${read.Engine} ${read.CharacterSetName}`,
    dropped: [await seen(), await seen()],
  };
}

async function databases() {
  const answer = await client.request("DescribeDatabases", { DBInstanceId: "rm-staging" });
  return answer.Databases.Database;
}

const seen = async () => (await databases()).map(({ DBName, DBStatus }) => `${DBName} ${DBStatus}`);

life().then(
  (lived) => console.log(JSON.stringify(lived)),
  (error) => console.log(JSON.stringify({ refused: error.code })),
);
