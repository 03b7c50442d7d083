import { startSimulator } from "alicloud-rds-simulator";
import { describeEngine, withEngine } from "./engine/findEngine.ts";
import { requireEngine } from "./engine/requireEngine.ts";
import { narrator } from "./demo/narrator.ts";
import { makeStageFolder } from "./demo/stageFolder.ts";
import { tellStory } from "./demo/story.ts";
import { openTerminal } from "./demo/terminal.ts";
import { companyWorld, speed } from "./demo/world.ts";

narrator.title("DatabaseCopy for Pulumi: a demo");
const engine = await requireEngine((line) => narrator.note(line));
const stage = makeStageFolder();
const simulator = await startSimulator({ world: companyWorld(new Date()), clock: "virtual", speed });
const terminal = openTerminal(stage.project, {
  ...withEngine(engine, withoutOwnIdentity(process.env)),
  ...stage.env,
  ALICLOUD_RDS_COPY_CLOCK: "simulator",
});

let stopping: Promise<void> | undefined;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    stopping ??= terminal.stop();
  });
}

try {
  narrator.text(
    "Real here: the Pulumi engine, this package and the official SDK of Alibaba Cloud. Not real: the cloud.",
    `The calls go to a simulator on this machine (${simulator.url}), in which a minute of waiting passes in ${60 / speed} seconds.`,
    "No account is needed, nothing costs anything, and nothing is left behind.",
  );
  narrator.note(describeEngine(engine));
  await prepareStack();
  await tellStory(terminal, simulator);
  narrator.text(
    "The same program against the real cloud, from this folder:",
    "  pulumi stack init staging",
    "  pulumi config set alicloud:region cn-hangzhou",
    "  pulumi config set source rm-...    # the instance to copy from",
    "  pulumi config set target rm-...    # the instance to copy to",
    "  pulumi preview",
    "It signs in as the alicloud provider does: ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY, a profile, a role (README).",
  );
} catch (error) {
  process.exitCode = 1;
  if (!stopping) console.error(error instanceof Error ? error.message : error);
} finally {
  await stopping;
  await simulator.close();
  stage.remove();
  if (stopping) {
    process.exitCode = 130;
    console.error("\nStopped; nothing is left behind.");
  }
}

async function prepareStack(): Promise<void> {
  await terminal.prepare("pulumi", "stack", "init", "demo");
  const settings = {
    "alicloud:region": "cn-hangzhou",
    "alicloud:endpoints": JSON.stringify([{ rds: simulator.endpoint }]),
    "alicloud:protocol": "HTTP",
    "alicloud:accessKey": "simulated-key",
    source: "rm-prod",
    target: "rm-staging",
  };
  const plain = Object.entries(settings).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
  await terminal.prepare(
    "pulumi",
    "config",
    "set-all",
    ...plain,
    "--secret",
    "alicloud:secretKey=simulated-secret",
  );
}

/** Whatever keys the person has at hand, the demo neither needs nor sees them. */
function withoutOwnIdentity(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(ALICLOUD|ALIBABA|PULUMI)/.test(name)));
}
