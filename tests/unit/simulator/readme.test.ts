import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const readme = readFileSync(join(__dirname, "../../../simulator/README.md"), "utf8");
const section = (title: string) => readme.split(`\n${title}\n`)[1]?.split(/\n##+ /)[0] ?? "";

/** The resources and functions of the package's module `rds`, by the names that programs write. */
const inPackage = readdirSync(join(dirname(require.resolve("@pulumi/alicloud/package.json")), "rds"))
  .filter((file) => file.endsWith(".d.ts") && file !== "index.d.ts")
  .map((file) => file.replace(".d.ts", ""))
  .map((name) =>
    /^get[A-Z]/.test(name) ? `rds.${name}` : `rds.${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  );

const named = (text: string) => [...text.matchAll(/`(rds\.\w+)`/g)].map(([, name]) => name ?? "");

describe("simulator: what its README says of the alicloud provider's resources", () => {
  const served = named(section("### Served"));
  const refused = named(section("### Refused"));

  it("names every one of the package, as served or as refused, and none as both", () => {
    assert.ok(inPackage.length > 40);
    assert.deepEqual(
      inPackage.filter((name) => !served.includes(name) && !refused.includes(name)),
      [],
    );
    assert.deepEqual(
      served.filter((name) => refused.includes(name)),
      [],
    );
    assert.deepEqual(
      [...served, ...refused].filter((name) => !inPackage.includes(name)),
      [],
    );
  });
});
