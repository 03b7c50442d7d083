import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as rds from "@alicloud/rds20140815";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { findChromium } from "../../scripts/test/chromium.js";
import { readyWorld, startSimulator, type Simulator } from "../../simulator/src/index.js";
import { sdkClient } from "../protocol/simulator/client.js";
import { chromiumFlags } from "./chromiumFlags.js";

describe("simulator: the status page in a browser", () => {
  let profile: string;
  let browser: BrowserContext;
  let sim: Simulator;
  let page: Page;
  let complaints: string[];

  before(async () => {
    const executablePath = findChromium();
    if (executablePath === undefined)
      throw new Error("There is no Chromium here (CHROMIUM names one), so the page was not tried.");
    profile = await mkdtemp(join(tmpdir(), "chromium-"));
    browser = await chromium.launchPersistentContext(profile, {
      executablePath,
      args: [...chromiumFlags],
      viewport: { width: 1180, height: 900 },
      colorScheme: "light",
    });
  });
  after(async () => {
    await browser?.close();
    await rm(profile, { recursive: true, force: true });
  });
  beforeEach(async () => {
    sim = await startSimulator({ world: readyWorld("small-company"), clock: "virtual" });
    complaints = [];
    page = await browser.newPage();
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(sim.url) && !url.startsWith("data:")) complaints.push(`asked for ${url}`);
    });
    await page.goto(`${sim.url}/_simulator/`);
  });
  afterEach(async () => {
    await page.close();
    await sim.close();
  });

  const copy = (name = "orders_copy") =>
    sdkClient(sim.endpoint).copyDatabaseBetweenInstances(
      new rds.CopyDatabaseBetweenInstancesRequest({
        DBInstanceId: "rm-prod",
        targetDBInstanceId: "rm-staging",
        dbNames: JSON.stringify({ orders: name }),
        backupId: "1065238746521",
      }),
    );
  const text = (of: string) => page.locator(of).innerText();

  it("shows instances, databases and that nothing runs, with nothing from elsewhere", async () => {
    await page.getByText("rm-prod Running").waitFor();
    assert.match(await text("#instances"), /orders\s+Running\s+40\s+orders-sunday/);
    assert.match(await text("#instances"), /databases: 3 · backup sets: 3/);
    assert.equal(await text("#operations"), "Nothing is running.");
    assert.match(await text("#calls"), /Nobody has called yet/);
    assert.deepEqual(complaints, []);
  });

  it("shows a running copy, and its progress moves until the copy is there", async () => {
    await copy();
    const bar = page.getByRole("progressbar", { name: "CopyDatabaseBetweenInstances on rm-staging" });
    const shown = () => bar.evaluate((element) => (element as unknown as { value: number }).value);
    await bar.waitFor();
    const seen = [await shown()];
    for (const advance of ["30s", "30s", "30s"]) {
      sim.advance(advance);
      const percent = sim.status().operations[0]?.percent ?? 0;
      await page.getByText(`${percent} % · from rm-prod: orders → orders_copy`).waitFor();
      seen.push(await shown());
    }
    assert.deepEqual(seen, [0, 25, 50, 75]);
    if (process.env["SCREENSHOT"] !== undefined) await page.screenshot({ path: process.env["SCREENSHOT"] });
    assert.match(await text("#instances"), /orders_copy\s+Creating/);
    sim.advance("30s");
    await page.getByText("Nothing is running.").waitFor();
    assert.match(await text("#instances"), /orders_copy\s+Running\s+40\s+orders-saturday/);
    assert.deepEqual(complaints, []);
  });

  it("shows the last calls, the newest first, with refusals and faults", async () => {
    const client = sdkClient(sim.endpoint);
    const ask = (id: string) =>
      client.describeDatabases(new rds.DescribeDatabasesRequest({ DBInstanceId: id }));
    await ask("rm-prod");
    await ask("rm-none").catch(() => undefined);
    sim.addFault({ action: "*", then: { drop: "before" } });
    await ask("rm-dev").catch(() => undefined);
    await page.getByText("(fault: drop before)").waitFor();
    const rows = await page.locator("#calls tr").allInnerTexts();
    assert.deepEqual(
      rows.slice(1).map((row) => row.split("\t").slice(2).join(" ")),
      ["rm-dev no answer (fault: drop before)", "rm-none 400 InvalidDBInstanceId.NotFound", "rm-prod 200"],
    );
    assert.match(await text("#time"), /fault rules: 1/);
  });

  it("shows tags, backup ids, marks, and which instance a call filled", async () => {
    await page.getByText("rm-prod Running").waitFor();
    const card = (await page.locator("#instances .card", { hasText: "rm-prod" }).innerText()).split("\n");
    assert.ok(card.includes("tags: team=shop · env=production"), card.join("\n"));
    assert.match(
      card.find((line) => line.startsWith("backups: ")) ?? "",
      /^backups: 1065238746521 of 20.* · /,
    );
    assert.match(card.join("\n"), /orders-sunday\s+Orders of the shop/);
    await copy();
    await page.locator("#calls").getByText("rm-prod → rm-staging").waitFor();
  });

  it("colours what is on its way as that, and neither as well nor as ill", async () => {
    await copy();
    const state = page.locator("#instances").getByText("Creating", { exact: true });
    await state.waitFor();
    assert.equal(await state.getAttribute("class"), "under-way");
    sim.setWorld({
      instances: [
        { id: "rm-a", status: "Creating" },
        { id: "rm-b", lockMode: "ManualLock" },
      ],
    });
    await page.getByText("rm-a Creating").waitFor();
    assert.equal(await page.locator("#instances .under-way").count(), 1);
  });

  it("shows how fast time passes", async () => {
    const fast = await startSimulator({ clock: "real", speed: 60 });
    try {
      const other = await browser.newPage();
      await other.goto(`${fast.url}/_simulator/`);
      await other.getByText("clock: real, 60 times as fast").waitFor();
      await other.close();
    } finally {
      await fast.close();
    }
  });

  it("takes names and marks for text, whatever they are", async () => {
    const mark = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
    sim.setWorld({
      instances: [{ id: "rm-a", description: mark, databases: [{ name: mark, content: mark }] }],
    });
    await page.getByText("rm-a Running").waitFor();
    assert.ok((await text("#instances")).includes(mark));
    assert.equal(await page.title(), "alicloud-rds-simulator");
    assert.equal(await page.locator("img").count(), 0);
  });

  it("says when the simulator is gone", async () => {
    await page.getByText("rm-prod Running").waitFor();
    await sim.close();
    await page.getByText("what follows is old").waitFor();
  });
});
