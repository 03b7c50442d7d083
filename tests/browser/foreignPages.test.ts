import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { findChromium } from "../../scripts/test/chromium.js";
import { queryText, signedPairs } from "../../simulator/src/gateway/signedQuery.js";
import { startSimulator, type Simulator } from "../../simulator/src/index.js";
import { smallCompany } from "../unit/simulator/cloud.js";
import { chromiumFlags } from "./chromiumFlags.js";

/** Any name that somebody else owns; the browser is told that it is this machine, as a resolver would tell it. */
const foreign = "pages.example";

describe("simulator: pages of others in a browser", () => {
  let profile: string;
  let browser: BrowserContext;
  let site: Server;
  let sim: Simulator;
  let page: Page;

  before(async () => {
    const executablePath = findChromium();
    if (executablePath === undefined)
      throw new Error("There is no Chromium here (CHROMIUM names one), so nothing was tried.");
    profile = await mkdtemp(join(tmpdir(), "chromium-"));
    browser = await chromium.launchPersistentContext(profile, {
      executablePath,
      args: [...chromiumFlags, `--host-resolver-rules=MAP ${foreign} 127.0.0.1`],
    });
    site = createServer((_request, answer) => {
      answer.setHeader("content-type", "text/html");
      answer.end("<title>a page of somebody else</title>");
    });
    await new Promise<void>((listening) => site.listen(0, "127.0.0.1", listening));
  });
  after(async () => {
    await browser?.close();
    site?.close();
    await rm(profile, { recursive: true, force: true });
  });
  beforeEach(async () => {
    sim = await startSimulator({ world: smallCompany, clock: "virtual" });
    sim.advance("1h");
    page = await browser.newPage();
  });
  afterEach(async () => {
    await page.close();
    await sim.close();
  });

  const visit = () => page.goto(`http://${foreign}:${(site.address() as AddressInfo).port}/`);
  const unchanged = () => {
    assert.equal(sim.world().now, "2026-03-01T03:00:00Z");
    assert.deepEqual(sim.faults(), []);
    assert.equal(sim.world().instances[0]?.databases.find(({ name }) => name === "crm")?.status, "Running");
  };
  const fetchBlindly = (url: string, method: string) =>
    page.evaluate(
      ([address, how]) => fetch(address, { method: how, mode: "no-cors" }).then(({ type }) => type),
      [url, method] as const,
    );
  const signedDrop = () => {
    const asked = { Action: "DeleteDatabase", DBInstanceId: "rm-prod", DBName: "crm" };
    const keys = { accessKeyId: "simulated-key", accessKeySecret: "simulated-secret" };
    return `${sim.url}/?${queryText(signedPairs("GET", Object.entries(asked), keys))}`;
  };

  it("cannot throw the world away with fetch", async () => {
    await visit();
    assert.equal(await fetchBlindly(`${sim.url}/_simulator/reset`, "POST"), "opaque");
    unchanged();
  });

  it("cannot add a fault rule or reset with a form", async () => {
    const forms = {
      faults: `<input name='{"action":"*","then":{"delayMs":1},"x' value='":1}'>`,
      reset: "",
    };
    for (const [path, fields] of Object.entries(forms)) {
      await visit();
      await page.setContent(
        `<form method="post" enctype="text/plain" action="${sim.url}/_simulator/${path}">${fields}</form>`,
      );
      const [answer] = await Promise.all([
        page.waitForNavigation(),
        page.evaluate("document.forms[0].submit()"),
      ]);
      assert.deepEqual([answer?.url(), answer?.status()], [`${sim.url}/_simulator/${path}`, 403]);
    }
    unchanged();
  });

  it("cannot read anything under a name of their own that points here", async () => {
    const { port } = new URL(sim.url);
    for (const path of [
      "_simulator/world",
      "_simulator/journal",
      "_simulator/",
      "?Action=DescribeDBInstances",
    ]) {
      const answer = await page.goto(`http://${foreign}:${port}/${path}`);
      assert.equal(answer?.status(), 403, path);
      assert.ok(!(await answer?.text())?.includes("simulated-secret"), path);
    }
  });

  it("cannot call the API with the key that everybody knows", async () => {
    await visit();
    assert.equal(await fetchBlindly(signedDrop(), "GET"), "opaque");
    await page.setContent(`<img src="${signedDrop().replaceAll("&", "&amp;")}">`);
    await page.waitForFunction("document.images[0].complete");
    unchanged();
    assert.deepEqual(
      sim.journal().map(({ code }) => code),
      ["SimulatorForeignPage", "SimulatorForeignPage"],
    );
  });
});
