// Loads what every provider process loads, and ends in order: only then Node keeps what it has compiled. The engine kills
// its providers, so that each of them would compile everything anew.
process.argv.push("127.0.0.1:1");
process.env.ALICLOUD_RDS_COPY_CLOCK = "";
console.log = () => undefined;
require("@pulumi/pulumi/cmd/dynamic-provider");
require("pulumi-alicloud-rds-copy/provider");
const { Client, rds, openApi } = require("../../../provider/dist/sdk/bundle");
const { $OpenApiUtil } = openApi;
const client = new Client(
  new $OpenApiUtil.Config({
    accessKeyId: "none",
    accessKeySecret: "none",
    endpoint: "127.0.0.1:1",
    protocol: "HTTP",
  }),
);
const request = { DBInstanceId: "rm-none" };
const calls = [
  client.describeDatabases(new rds.DescribeDatabasesRequest(request)),
  client.describeDBInstanceAttribute(new rds.DescribeDBInstanceAttributeRequest(request)),
];
Promise.allSettled(calls).then(() => process.exit(0));
