import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { WorldInput } from "alicloud-rds-simulator";
import { folderOfProcess, workspaceModules } from "../harness/template";
import { production } from "../harness/world";
import { newProject, templates } from "./project";

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

interface TemplateCase {
  readonly config: Readonly<Record<string, string>>;
  readonly world: WorldInput;
  /** Database to data, on each target. */
  readonly filled: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Name of the stack. */
  readonly stack?: string;
}

const target = (id: string, env: string) => ({ id, tags: { env } });

const cases: Readonly<Record<string, TemplateCase>> = {
  "staging-from-production": {
    config: { production: "rm-prod", staging: "rm-staging", databases: "orders,crm" },
    world: { instances: [production, target("rm-staging", "staging")] },
    filled: { "rm-staging": { orders: "orders-1002", crm: "crm-1002" } },
  },
  "masked-staging": {
    config: {
      production: "rm-prod",
      staging: "rm-staging",
      database: "orders",
      maskingUser: "masker",
      maskingPassword: "Mask-2026!",
      testers: "testers",
    },
    world: {
      instances: [
        production,
        {
          ...target("rm-staging", "staging"),
          dbAccounts: [{ name: "masker", type: "Super" }, { name: "testers" }],
        },
      ],
    },
    filled: { "rm-staging": { orders: "masked orders-1002" } },
  },
  "preview-branch": {
    config: { masked: "rm-prod", previews: "rm-previews", databases: "orders, crm" },
    world: { instances: [production, target("rm-previews", "preview")] },
    filled: { "rm-previews": { orders_pr_7: "orders-1002", crm_pr_7: "crm-1002" } },
    stack: "pr-7",
  },
  "fan-out": {
    config: { production: "rm-prod", databases: "orders", targets: "rm-team01,rm-team02" },
    world: {
      instances: [production, target("rm-team01", "development"), target("rm-team02", "development")],
    },
    filled: { "rm-team01": { orders: "orders-1002" }, "rm-team02": { orders: "orders-1002" } },
  },
};

describe("engine: the templates, as pulumi new makes projects of them", () => {
  let parent: string;

  before(async () => {
    parent = await folderOfProcess("templates");
  });

  it("are all tried", () => {
    assert.deepEqual(readdirSync(templates).sort(), Object.keys(cases).sort());
  });

  it("ask for the packages that they are tried with; one of them is installed as a user does, by the README's blocks", () => {
    for (const name of Object.keys(cases)) {
      const manifest = readFileSync(join(templates, name, "package.json"), "utf8");
      const { dependencies, devDependencies } = JSON.parse(manifest) as Manifest;
      assert.equal(dependencies["pulumi-alicloud-rds-copy"], "^0.1.0");
      for (const [dependency, range] of Object.entries({ ...dependencies, ...devDependencies })) {
        const installed = readFileSync(join(workspaceModules, dependency, "package.json"), "utf8");
        const { version } = JSON.parse(installed) as Manifest;
        const oldest = range.replace("^", "");
        // What a caret keeps: the first number that is not 0, and those before it.
        const kept = (of: string) => /^(0\.)*\d+/.exec(of)?.[0];
        assert.equal(kept(version), kept(oldest), `${name} asks for ${dependency} ${range}`);
        assert.ok(version.localeCompare(oldest, "en", { numeric: true }) >= 0, `${dependency} ${version}`);
      }
    }
  });

  for (const [name, { config, world, filled, stack = "dev" }] of Object.entries(cases)) {
    it(`${name}: is created in an empty folder, previewed and brought up`, async () => {
      await using project = await newProject(parent, name, world);
      const made = await project.pulumi(
        ...["new", join(templates, name), "--yes", "--name", "shop", "--stack", stack],
        ...Object.entries(config).flatMap(([key, value]) => ["--config", `${key}=${value}`]),
      );
      assert.equal(made.exitCode, 0, made.text);
      await project.install(stack);
      const up = await project.pulumi("up", "--yes", "--stack", stack);
      assert.equal(up.exitCode, 0, up.text);
      assert.match(up.text, /Previewing update/);
      for (const [instance, databases] of Object.entries(filled))
        assert.deepEqual(project.contents(instance), databases);
    });
  }
});
