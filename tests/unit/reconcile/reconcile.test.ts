import assert from "node:assert/strict";
import { holdsOtherData } from "../../../provider/src/ownership/change";
import { explain } from "../../../provider/src/ownership/explain";
import { intentKey, readIntents, sourceKey } from "../../../provider/src/ownership/intent";
import { idOf } from "../../../provider/src/ownership/record";
import { CallFailed } from "../../../provider/src/reconcile/calls";
import { reconcile } from "../../../provider/src/reconcile/reconcile";
import {
  backup,
  callsOf,
  context,
  description,
  filled,
  intent,
  kinds,
  own,
  play,
  source,
  stage,
  wanted,
  withIntent,
  type ByHand,
} from "./stage";

/* What the exhaustive model leaves out: many databases, spelling, sources, statuses, room for tags, older backup sets. */

describe("reconcile many databases", () => {
  const names = Array.from({ length: 50 }, (_, i) => `db${i}`);

  it("copies 21 in one call, each call under an id and an intent of its own, all from one restore point", () => {
    const on = stage();
    const end = play(reconcile(context(), wanted(names)), on);
    assert.equal(end.end, "done");
    assert.deepEqual(
      callsOf(on, "copy").map((call) => Object.keys(call.names).length),
      [21, 21, 8],
    );
    assert.equal(new Set(Object.values(end.records).map(idOf)).size, 3);
    assert.deepEqual(on.tags.size, 0);
    for (const [, { description: text }] of on.databases)
      assert.match(text, /^pulumi-owner0000000-id00000\d-b2--from_rm-prod_db_db\d+_at_/);
  });

  it("makes room for a tag with an earlier intent, as soon as its databases carry their marks", () => {
    const on = stage();
    let most = 0;
    const end = play(reconcile(context(), wanted(names)), on, {
      writeIntent: ({ intent: { id } }, { tags }) => {
        if (tags.size >= 1 && ![...tags.keys()].some((key) => key.endsWith(id)))
          return { state: "full", keys: [...tags.keys()] };
        most = Math.max(most, tags.size + 1);
        return undefined;
      },
    });
    assert.equal(end.end, "done");
    assert.equal(Object.keys(end.records).length, 50);
    assert.ok(most <= 2);
  });

  /** Only `room` tags are safe. */
  const crowded = (room: number): ByHand => ({
    writeIntent: ({ intent: { id }, wait }, { tags }) => {
      const isThere = [...tags.keys()].some((key) => key.endsWith(id));
      if (wait) throw new Error("nothing of its own makes room");
      return tags.size >= room && !isThere ? { state: "full", keys: [...tags.keys()] } : undefined;
    },
  });

  it("makes room with any of its intents that can, one after the other", () => {
    // The first one is of an interrupted run, and stays: someone else's intent covers its other name, too.
    const on = stage({ old: description("older000"), theirs: "" });
    withIntent(on, intent("older000", ["old", "theirs"]));
    withIntent(on, intent("others00", ["theirs"], { owner: "other0000000" }));
    const end = play(reconcile(context(), wanted([...names, "old"])), on, crowded(3));
    assert.equal(end.end, "done");
    assert.equal(Object.keys(end.records).length, 51);
    const left = readIntents(Object.fromEntries(on.tags));
    assert.ok(left.state === "read");
    assert.deepEqual(
      left.intents.map(({ id, phase }) => `${id} ${phase}`),
      ["older000 recorded", "others00 accepted"],
    );
  });

  it("says at once that a database vanished which was marked to make room", () => {
    const on = stage();
    let polls = 0;
    const end = play(reconcile(context(), wanted(names)), on, {
      ...crowded(1),
      databases: ({ wait }, { databases }) => {
        // Copied by the first call, marked, and its intent off: then someone drops it.
        if (databases.size === 50) databases.delete("db0");
        if (wait === "running" && databases.size === 49) polls++;
        return undefined;
      },
    });
    assert.equal(end.end, "unfinished");
    assert.deepEqual(kinds(end.reasons), ["vanished db0"]);
    assert.equal(polls, 1);
  });

  it("does not take an intent for written that found no room", () => {
    const on = stage();
    let writes = 0;
    const end = play(reconcile(context(), wanted(["orders"])), on, {
      writeIntent: () => (++writes > 1 ? { state: "full", keys: ["team"] } : undefined),
      copy: () => ({ state: "later", reason: "busy" }),
    });
    assert.equal(end.end, "unfinished");
    assert.deepEqual(kinds(end.reasons), ["tagsFull"]);
  });

  it("waits for room where no tag is its own, and names the tags if there is none at the timeout", () => {
    const on = stage();
    const waits: (boolean | undefined)[] = [];
    const end = play(reconcile(context(), wanted(["orders"])), on, {
      writeIntent: ({ wait }) => {
        waits.push(wait);
        return { state: "full", keys: ["team"] };
      },
    });
    assert.deepEqual(waits, [undefined, true]);
    assert.equal(end.end, "unfinished");
    assert.deepEqual(end.reasons, [{ kind: "tagsFull", keys: ["team"] }]);
    assert.ok(!on.made.includes("copy"));
  });

  it("drops nothing of what is to go while there is no room for the intent of what is new", () => {
    const on = stage({ crm: description("crm00000") });
    const records = { crm: filled("crm", "crm00000") };
    const end = play(reconcile(context({ records }), wanted(["orders"])), on, {
      writeIntent: () => ({ state: "full", keys: ["team"] }),
    });
    assert.equal(end.end, "unfinished");
    assert.ok(on.databases.has("crm") && "crm" in end.records);
  });
});

describe("reconcile from one restore point", () => {
  it("tries older backup sets while the service says that one lacks a database", () => {
    const on = stage();
    on.points = ["9", "8", "7", "6", "5", "4", "3"].map(backup);
    const tried: string[] = [];
    const end = play(reconcile(context(), wanted(["orders"])), on, {
      copy: ({ point }) => {
        tried.push(point.kind === "backup" ? point.backupId : "");
        return tried.length < 3 ? { state: "refused", reason: "no", isNotInBackup: true } : undefined;
      },
    });
    assert.deepEqual(tried, ["9", "8", "7"]);
    assert.equal(end.end, "done");
    assert.deepEqual(end.restorePoint, backup("7"));
    assert.deepEqual(kinds(on.said), ["notInBackup", "notInBackup"]);
  });

  it("tries four older ones at most, and none for a pin, a held point, or a second call", () => {
    const refused = () => ({ state: "refused", reason: "no", isNotInBackup: true }) as const;
    const count = (end: ReturnType<typeof reconcile>, more: Parameters<typeof play>[2]) => {
      const on = stage({ crm: description("crm00000", backup("8")) });
      on.points = ["9", "8", "7", "6", "5", "4", "3"].map(backup);
      assert.notEqual(play(end, on, more).end, "done");
      return on.made.filter((call) => call === "copy").length;
    };
    const records = { crm: filled("crm", "crm00000", { point: backup("8") }) };
    assert.equal(count(reconcile(context(), wanted(["orders"])), { copy: refused }), 5);
    const pin = { choice: { kind: "backup", backupId: "9" } } as const;
    assert.equal(count(reconcile(context(), wanted(["orders"], pin)), { copy: refused }), 1);
    assert.equal(count(reconcile(context({ records }), wanted(["crm", "orders"])), { copy: refused }), 1);
    const many = wanted(Array.from({ length: 22 }, (_, i) => `db${i}`));
    const second = {
      copy: ({ names }: { names: object }) => (Object.keys(names).length === 1 ? refused() : undefined),
    };
    assert.equal(count(reconcile(context(), many), second), 2);
  });

  it("repairs from the point that the state keeps beside the records, even if nothing is recorded any more", () => {
    const on = stage();
    const end = play(reconcile(context({ restorePoint: backup("1") }), wanted(["orders"])), on);
    assert.equal(end.end, "done");
    assert.deepEqual(end.restorePoint, backup("1"));
  });

  it("warns where the held point can no longer be restored", () => {
    const on = stage({ crm: description("crm00000", backup("0")) });
    const records = { crm: filled("crm", "crm00000", { point: backup("0") }) };
    const end = play(reconcile(context({ records }), wanted(["crm", "orders"])), on);
    assert.equal(end.end, "done");
    assert.deepEqual(on.said, [{ kind: "mixedPoints", point: backup("2"), held: backup("0") }]);
  });
});

describe("reconcile an interrupted run", () => {
  it("of another source: records it, ends unfinished, and the next diff replaces it", () => {
    const key = sourceKey({ ...source, instanceId: "rm-other" }, []);
    const on = withIntent(stage({ orders: "" }), intent("other000", ["orders"], { source: key }));
    const end = play(reconcile(context(), wanted(["orders"])), on);
    assert.equal(end.end, "unfinished");
    assert.deepEqual(end.reasons, [
      { kind: "otherData", name: "orders", point: backup("2"), differs: "source" },
    ]);
    assert.deepEqual(holdsOtherData(end.records, { orders: "orders" }, { kind: "latest" }), ["orders"]);
  });

  it("of this source: continues it, although the program declares fewer names", () => {
    const on = withIntent(stage({ orders: "", crm: "" }), intent("same0000", ["orders", "crm"]));
    const end = play(reconcile(context(), wanted(["orders"])), on);
    assert.equal(end.end, "done");
    assert.equal(end.records["orders"]?.phase, "filled");
    assert.deepEqual(holdsOtherData(end.records, { orders: "orders" }, { kind: "latest" }), []);
    assert.deepEqual(kinds(on.said), ["maybeOrphan crm", "resumed orders"]);
  });

  it("whose databases are spelled otherwise by the service, or in the state, is the same", () => {
    const on = stage({ ORDERS: description("orders00") });
    const records = { Orders: filled("Orders", "orders00") };
    const end = play(reconcile(context({ records }), wanted(["orders", "crm"])), on);
    assert.equal(end.end, "done");
    assert.deepEqual(Object.keys(end.records).sort(), ["crm", "orders"]);
    assert.equal(end.records["orders"]?.target, "ORDERS");
  });

  it("ends in order if a look fails after the copy was accepted: everything is recorded, the intent too", () => {
    const on = stage();
    const end = play(reconcile(context(), wanted(["orders"])), on, {
      databases: ({ wait }) => {
        if (wait === "running") throw new CallFailed("rm-staging did not answer");
        return undefined;
      },
    });
    assert.equal(end.end, "unfinished");
    assert.deepEqual(end.reasons, [{ kind: "lookFailed", reason: "rm-staging did not answer" }]);
    assert.equal(end.records["orders"]?.phase, "filling");
    const tags = readIntents(Object.fromEntries(on.tags));
    assert.ok(tags.state === "read" && tags.intents[0]?.phase === "recorded");
  });
});

describe("reconcile what is claimed", () => {
  const claiming = (names: readonly string[]) => reconcile(context(), wanted(names, { claim: ["old00000"] }));
  const made = (names: readonly string[], more: Parameters<typeof intent>[2]) => {
    const on = stage(Object.fromEntries(names.map((name) => [name, description("old00000")])));
    return withIntent(on, intent("old00000", names, { owner: "other0000000", ...more }));
  };
  const said = ({ said: all }: ReturnType<typeof stage>) =>
    all.flatMap((saying) => (saying.kind === "claimed" ? [saying.isTagged] : []));

  it("takes off the intent that a state had recorded, once all that it covers has a new mark", () => {
    const on = made(["orders", "crm"], { phase: "recorded" });
    const end = play(claiming(["orders", "crm", "fresh"]), on);
    assert.equal(end.end, "done");
    assert.equal(on.tags.size, 0);
    assert.deepEqual(said(on), [false, false]);
    assert.ok(on.made.lastIndexOf("mark orders") < on.made.lastIndexOf("eraseIntent"));
  });

  it("leaves it where it covers more, or may be of a run that lives, and says so", () => {
    for (const [names, phase] of [
      [["orders"], "recorded"],
      [["orders", "crm"], "accepted"],
      [["orders", "crm"], "pending"],
    ] as const) {
      const on = made(["orders", "crm"], { phase });
      assert.equal(play(claiming(names), on).end, "done");
      assert.ok(on.tags.has(intentKey("old00000")), phase);
      assert.ok(said(on).every(Boolean));
    }
  });

  it("is what is declared: another database of that call is dropped neither as recorded nor in the way", () => {
    const theirs = description("old00000", backup("2"), "other0000000");
    const on = stage({ orders: description("orders00"), crm: theirs, billing: theirs });
    const records = { orders: filled("orders", "orders00"), crm: filled("crm", "crm00000") };
    const next = wanted(["orders", "billing"], { claim: ["old00000"] });
    const end = play(reconcile(context({ records }), next), on);
    assert.equal(end.end, "done");
    assert.equal(on.databases.get("crm")?.description, theirs);
    assert.deepEqual(kinds(on.said), ["claimed billing", "left crm"]);
    assert.deepEqual(Object.keys(end.records).sort(), ["billing", "orders"]);
  });

  it("leaves it while a new mark is not written", () => {
    const on = made(["orders"], { phase: "recorded" });
    const end = play(claiming(["orders"]), on, { mark: () => ({ state: "denied", reason: "no" }) });
    assert.equal(end.end, "unfinished");
    assert.equal(on.tags.size, 1);
  });
});

describe("reconcile marks", () => {
  it("tries again while the instance is busy, until the timeout; the intent stays", () => {
    const on = stage();
    let polls = 0;
    const end = play(reconcile(context(), wanted(["orders"])), on, {
      mark: () => ({ state: "later", reason: "busy" }),
      databases: ({ wait }, { databases }) =>
        wait === "running"
          ? {
              databases: [...databases.keys()].map(
                (name) => ({ name, status: "running", statusText: "Running", mark: null }) as const,
              ),
              timedOut: ++polls === 5,
            }
          : undefined,
    });
    assert.equal(on.made.filter((call) => call === "mark orders").length, 5);
    assert.equal(end.end, "unfinished");
    assert.deepEqual(kinds(end.reasons), ["unmarked orders"]);
    assert.equal(on.tags.size, 1);
  });

  it("finishes once the instance takes it", () => {
    const on = stage();
    let tries = 0;
    const end = play(reconcile(context(), wanted(["orders"])), on, {
      mark: () => (++tries < 3 ? { state: "later", reason: "busy" } : undefined),
    });
    assert.equal(end.end, "done");
    assert.equal(tries, 3);
    assert.equal(on.tags.size, 0);
  });
});

describe("reconcile a filled database that is out of order", () => {
  it("says its status at once, and the others go on", () => {
    const on = stage({ orders: description("orders00") });
    on.databases.set("orders", { status: "Offline", description: description("orders00") });
    const records = { orders: filled("orders", "orders00") };
    const end = play(reconcile(context({ records }), wanted(["orders", "crm"])), on);
    assert.equal(end.end, "done");
    assert.deepEqual(kinds(on.said), ["notRunning orders"]);
    assert.equal(end.records["crm"]?.phase, "filled");
    assert.equal(end.records["orders"]?.status, "Offline");
  });

  it("is named at once during the wait for another one, and waited for no longer", () => {
    const on = stage();
    let polls = 0;
    const end = play(reconcile(context(), wanted(["orders", "crm"])), on, {
      databases({ wait, names = [] }, { databases }) {
        if (wait !== "running") return undefined;
        polls++;
        // crm takes long; orders has run with its mark, and is out of order since.
        const statuses = {
          orders: polls < 3 ? "Running" : "Suspect",
          crm: polls < 5 ? "Creating" : "Running",
        };
        for (const [name, status] of Object.entries(statuses))
          databases.set(name, { description: databases.get(name)?.description ?? "", status });
        assert.ok(names.length > 0 && polls < 9, "it waits no longer");
        return undefined;
      },
    });
    assert.equal(end.end, "done");
    assert.deepEqual(kinds(on.said), ["notRunning orders"]);
    const { orders, crm } = end.records;
    assert.deepEqual([orders?.phase, orders?.status, crm?.status], ["filled", "Suspect", "Running"]);
  });

  it("reports a copy that failed before it was ever listed, by its task", () => {
    const on = stage();
    let now = 1_795_807_805;
    const end = play(reconcile(context(), wanted(["orders"])), on, {
      now: () => (now += 30),
      copy: () => ({ state: "accepted", requestId: "r" }),
      tasks: () => "failed",
    });
    assert.equal(end.end, "unfinished");
    assert.deepEqual(kinds(end.reasons), ["copyFailed orders"]);
    assert.equal(end.records["orders"]?.phase, "filling");
  });
});

describe("reconcile names that are taken out", () => {
  const records = { orders: filled("orders", "orders00"), crm: filled("crm", "crm00000") };
  const listed = () => stage({ orders: description("orders00"), crm: description("crm00000") });

  it("drops its own, after its intents are off", () => {
    const on = withIntent(listed(), intent("crm00000", ["crm"]));
    const end = play(reconcile(context({ records }), wanted(["orders"])), on);
    assert.equal(end.end, "done");
    assert.deepEqual([...on.databases.keys()], ["orders"]);
    assert.ok(on.made.indexOf("eraseIntent") < on.made.indexOf("drop crm"));
    assert.deepEqual(kinds(on.said), ["dropped crm"]);
  });

  it("leaves it under retainOnDelete, and forgets it", () => {
    const on = listed();
    const end = play(reconcile(context({ records }), wanted(["orders"], { retain: true })), on);
    assert.equal(end.end, "done");
    assert.deepEqual([...on.databases.keys()], ["orders", "crm"]);
    assert.deepEqual(Object.keys(end.records), ["orders"]);
    assert.ok(on.said.some((saying) => saying.kind === "left" && saying.why === "retained"));
  });

  it("drops nothing while an intent cannot be taken off", () => {
    const on = withIntent(listed(), intent("crm00000", ["crm"]));
    const end = play(reconcile(context({ records }), wanted(["orders"])), on, {
      eraseIntent: () => ({ state: "denied", reason: "no permission" }),
    });
    assert.equal(end.end, "unfinished");
    assert.ok(end.reasons.every(({ kind }) => kind === "tagsDenied"));
    assert.ok(on.databases.has("crm"));
    assert.ok("crm" in end.records);
  });

  it("asks for a drop once, and fails if it never shows", () => {
    const on = listed();
    let polls = 0;
    const end = play(reconcile(context({ records }), wanted(["orders"])), on, {
      drop: () => ({ state: "done" }),
      databases: ({ wait }, { databases }) =>
        wait === "dropping" && ++polls === 9
          ? {
              databases: [...databases].map(([name]) => ({
                name,
                status: "running",
                statusText: "Running",
                mark: { owner: own, id: name === "crm" ? "crm00000" : "orders00", point: backup("2") },
              })),
              timedOut: true,
            }
          : undefined,
    });
    assert.equal(on.made.filter((call) => call === "drop crm").length, 1);
    assert.equal(end.end, "unfinished");
    assert.deepEqual(kinds(end.reasons), ["dropFailed crm"]);
    assert.ok("crm" in end.records);
  });
});

describe("reconcile when an answer or a name is missing", () => {
  it("keeps known that a copy may have been started, whatever comes after its lost answer, marks or none", () => {
    for (const marksOn of [true, false]) {
      const end = play(reconcile(context({ marksOn }), wanted(["orders"])), stage(), {
        copy: () => ({ state: "lost", reason: "reset" }),
        databases: ({ wait }) => {
          if (wait === "listing") throw new CallFailed("no answer");
          return undefined;
        },
      });
      assert.equal(end.end, "unfinished");
      assert.ok(
        end.reasons.some(({ kind }) => kind === "copyUnanswered"),
        String(marksOn),
      );
    }
  });

  it("takes what appears after a lost answer for no effect of it where someone else has asked for that name meanwhile", () => {
    const end = (isAsked: boolean) => {
      const on = stage();
      return play(reconcile(context(), wanted(["orders"])), on, {
        // Another stack writes its intent after this run has read the tags; its copy is accepted, and ours refused.
        copy: () => {
          if (isAsked) withIntent(on, intent("others00", ["orders"], { owner: "other0000000" }));
          on.databases.set("orders", { status: "Running", description: "" });
          return { state: "lost", reason: "reset" };
        },
      });
    };
    assert.equal(end(false).end, "done");
    const taken = end(true);
    assert.ok(taken.end === "unfinished");
    assert.deepEqual(kinds(taken.reasons), ["copyUnanswered"]);
    assert.deepEqual(taken.records, {});
  });

  it("names, where another resource may have made it as well, the mark of its own interrupted copy", () => {
    const on = stage({ orders: "" });
    withIntent(on, intent("mine0000", ["orders"]));
    withIntent(on, intent("others00", ["orders"], { owner: "other0000000" }));
    const end = play(reconcile(context(), wanted(["orders"])), on, { tasks: () => "made" });
    assert.ok(end.end === "refused");
    const text = end.reasons.map((reason) => explain(reason, { own, instanceId: "rm-target" })).join();
    assert.match(text, /\(tag pulumi-database-copy:others00\).*\(tag pulumi-database-copy:mine0000\)/);
    assert.match(text, /set its description to `pulumi-owner0000000-mine0000-b\d+`/);
    assert.doesNotMatch(text, /claim/);
  });

  it("tells a task that failed with what the last program declared from one that is about its database alone", () => {
    const others: (readonly string[])[] = [];
    const on = withIntent(stage({ orders: "" }), intent("call0000", ["orders"], { phase: "accepted" }));
    const last = context({ declared: ["orders", "crm"] });
    play(reconcile(last, wanted(["orders"])), on, {
      tasks(call) {
        others.push(call.others);
        return "nothing";
      },
    });
    assert.deepEqual(others, [["crm"]]);
  });

  it("records an interrupted copy from another source as such, although fewer names are declared now", () => {
    const orders = { orders: "orders" };
    for (const [key, others] of [
      [sourceKey({ ...source, instanceId: "rm-other" }, []), ["orders"]],
      [sourceKey(source, []), []],
      // With a name that is not declared any more and was another one on the source, nobody can tell: copied anew.
      [sourceKey(source, [["b", "b2"]]), ["orders"]],
    ] as const) {
      const on = withIntent(
        stage({ orders: "", b2: "" }),
        intent("call0000", ["orders", "b2"], { source: key }),
      );
      const end = play(reconcile(context(), wanted(orders)), on, { tasks: () => "made" });
      assert.ok(end.end !== "refused");
      assert.deepEqual(holdsOtherData(end.records, orders, { kind: "latest" }), others);
      assert.equal(end.end, others.length === 0 ? "done" : "unfinished");
    }
  });
});
