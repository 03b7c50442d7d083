import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { startSimulator, type Simulator, type WorldInput } from "alicloud-rds-simulator";
import { DatabaseCopy, getBackupsOutput } from "pulumi-alicloud-rds-copy";
import { template, workspaceModules } from "./harness/template";
import { backup } from "./harness/world";

/** A company of its own: region, key, and instances that nobody else has. */
interface Company {
  readonly name: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

const companies: readonly Company[] = [
  { name: "north", region: "cn-beijing", accessKey: "north-key", secretKey: "north-secret" },
  { name: "south", region: "cn-shenzhen", accessKey: "south-key", secretKey: "south-secret" },
];

describe("engine: two stacks with regions, keys and endpoints of their own, in one Automation API process", () => {
  let folder: string;
  let clouds: ReadonlyMap<string, Simulator>;
  let stacks: readonly Stack[];

  before(async () => {
    const shared = await template();
    folder = mkdtempSync(join(shared.folder, "automation-"));
    mkdirSync(join(folder, "backend"));
    const simulators = await Promise.all(
      companies.map((company) => startSimulator({ world: worldOf(company), clock: "stepped" })),
    );
    clouds = new Map(companies.map(({ name }, index) => [name, simulators[index] ?? assert.fail()]));
    stacks = await Promise.all(
      companies.map((company) => openStack(company, cloudOf(company), folder, shared.env)),
    );
  });
  after(async () => {
    for (const simulator of clouds.values()) await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const cloudOf = ({ name }: Company) => clouds.get(name) ?? assert.fail();

  it("at once: each reaches its own", async () => {
    const results = await Promise.all(stacks.map((stack) => stack.up()));
    assert.deepEqual(
      results.map(({ outputs: { backups, region } }) => [
        backups?.value as unknown,
        region?.value as unknown,
      ]),
      companies.map(({ name, region }) => [[`${name}-1`], region]),
    );
    eachHasItsOwn();
  });

  it("one after the other: each reaches its own", async () => {
    for (const stack of stacks) await stack.preview({ expectNoChanges: true });
    eachHasItsOwn();
    for (const stack of stacks) await stack.destroy();
    for (const company of companies) assert.deepEqual(databasesOf(company), []);
  });

  function eachHasItsOwn(): void {
    for (const company of companies) {
      assert.deepEqual(databasesOf(company), [`orders of ${company.name}`]);
      // A call with the other one's key or region would have been refused.
      const refused = cloudOf(company)
        .journal()
        .filter(({ status }) => status !== 200);
      assert.deepEqual(refused, []);
    }
  }

  const databasesOf = (company: Company) =>
    cloudOf(company)
      .world()
      .instances.find(({ id }) => id === `rm-${company.name}-staging`)
      ?.databases.map(({ content }) => content);
});

async function openStack(
  { name, region, accessKey, secretKey }: Company,
  simulator: Simulator,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<Stack> {
  const workDir = join(folder, name);
  mkdirSync(workDir);
  symlinkSync(workspaceModules, join(workDir, "node_modules"));
  const stack = await LocalWorkspace.createStack(
    {
      stackName: name,
      projectName: "automation",
      // The program asks the cloud as well, in this process, and signs in for it.
      program: () => {
        const { backups } = getBackupsOutput({ dbInstanceId: `rm-${name}-prod` });
        const copy = new DatabaseCopy("copy", {
          sourceDbInstanceId: `rm-${name}-prod`,
          targetDbInstanceId: `rm-${name}-staging`,
          dbNames: ["orders"],
        });
        return Promise.resolve({
          backups: backups.apply((all) => all.map(({ backupId }) => backupId)),
          region: copy.region,
        });
      },
    },
    {
      workDir,
      envVars: {
        ...env,
        PULUMI_BACKEND_URL: `file://${join(folder, "backend")}`,
        ALICLOUD_RDS_COPY_CLOCK: "simulator",
      },
    },
  );
  await stack.setAllConfig({
    "alicloud:region": { value: region },
    "alicloud:accessKey": { value: accessKey },
    "alicloud:secretKey": { value: secretKey, secret: true },
    "alicloud:protocol": { value: "HTTP" },
    "alicloud:endpoints": { value: JSON.stringify([{ rds: simulator.endpoint }]) },
  });
  return stack;
}

function worldOf({ name, region, accessKey, secretKey }: Company): WorldInput {
  return {
    accounts: [{ accessKeyId: accessKey, accessKeySecret: secretKey }],
    instances: [
      {
        id: `rm-${name}-prod`,
        region,
        databases: [{ name: "orders", content: "today" }],
        backups: [backup(`${name}-1`, 8, { orders: `orders of ${name}` })],
      },
      { id: `rm-${name}-staging`, region },
    ],
  };
}
