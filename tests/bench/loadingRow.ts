import { workspaceModules } from "../engine/harness/template";
import type { Row } from "./row";

/** Fresh processes without a compile cache; the processor time is what the process says of itself at its end. */
export const loading: Row = {
  name: "import",
  about: "loading the package in a program, against @pulumi/pulumi alone",
  async run({ rounds, say }) {
    const values: number[] = [];
    // Not counted: it reads the files from the disk.
    await secondsToLoad(["@pulumi/pulumi", "pulumi-alicloud-rds-copy"]);
    for (let round = 1; round <= rounds; round += 1) {
      const alone = await secondsToLoad(["@pulumi/pulumi"]);
      const both = await secondsToLoad(["@pulumi/pulumi", "pulumi-alicloud-rds-copy"]);
      values.push(both / alone);
      say(`${round}: alone ${alone.toFixed(3)} s, with the package ${both.toFixed(3)} s`);
    }
    const what = "import / @pulumi/pulumi alone, processor time";
    return [{ what, unit: "times", values, goal: { most: 1.05 } }];
  },
};

async function secondsToLoad(packages: readonly string[]): Promise<number> {
  const { execa } = await import("execa");
  const program = `for (const name of ${JSON.stringify(packages)}) require(name);
    const { user, system } = process.cpuUsage();
    console.log((user + system) / 1e6);
    process.exit();`;
  const { stdout } = await execa(process.execPath, ["--eval", program], {
    cwd: workspaceModules,
    env: { NODE_COMPILE_CACHE: "", NODE_OPTIONS: "" },
  });
  return Number(stdout);
}
