import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { absenceMarkdown, absenceTable, cellText, type Row } from "./table";

describe("absence: what each answer to a look or a drop is taken for", () => {
  let rows: readonly Row[];
  before(async function () {
    this.timeout(0);
    rows = await absenceTable();
  });

  /** Answers to DescribeDatabases: refresh, up, destroy. */
  const looks: Readonly<Record<string, readonly [string, string, string]>> = {
    "404 InvalidDBInstanceId.NotFound": ["gone, 0", "error, 0", "gone, 0"],
    "400 InvalidDBInstanceId.NotFound": ["gone, 0", "error, 0", "gone, 0"],
    "404 InvalidDBInstanceName.NotFound": ["gone, 0", "error, 0", "gone, 0"],
    "400 InvalidDBInstanceName.NotFound": ["gone, 0", "error, 0", "gone, 0"],
    "404 InvalidDBName.NotFound": ["error, 0", "error, 0", "error, 0"],
    "400 InvalidDBName.NotFound": ["error, 0", "error, 0", "error, 0"],
    "200 with an empty list": ["gone, 0", "done, 1", "gone, 0"],
    "404 InvalidAccessKeyId.NotFound": ["error, 0", "error, 0", "error, 0"],
    "404 SomethingElse.NotFound": ["error, 0", "error, 0", "error, 0"],
    '400 with an unknown code and "does not exist"': ["error, 0", "error, 0", "error, 0"],
    "403 Forbidden.RAM": ["error, 0", "error, 0", "error, 0"],
    "403 OperationDenied.DBInstanceStatus, the instance Running": [
      "waiting 31s, 0",
      "waiting 40s, 0",
      "waiting 31s, 0",
    ],
    "403 OperationDenied.DBInstanceStatus, the instance Deleting": ["error, 0", "error, 0", "error, 0"],
    "403 OperationDenied.DBInstanceStatus, the instance locked": ["error, 0", "error, 0", "error, 0"],
    "403 OperationDenied.DBInstanceStatus, the instance released": ["error, 0", "error, 0", "error, 0"],
    "403 OperationDenied.DBInstanceStatus, the instance itself denied": [
      "waiting 31s, 0",
      "waiting 40s, 0",
      "waiting 31s, 0",
    ],
  };

  /** Answers to DeleteDatabase: up, destroy. Of an up, one of the calls is the copy that comes before the drop. */
  const drops: Readonly<Record<string, readonly [string, string]>> = {
    "404 InvalidDBInstanceId.NotFound": ["gone, 2", "gone, 2"],
    "400 InvalidDBInstanceId.NotFound": ["gone, 2", "gone, 2"],
    "404 InvalidDBInstanceName.NotFound": ["gone, 2", "gone, 2"],
    "400 InvalidDBInstanceName.NotFound": ["gone, 2", "gone, 2"],
    "404 InvalidDBName.NotFound": ["gone, 2", "gone, 2"],
    "400 InvalidDBName.NotFound": ["gone, 2", "gone, 2"],
    "404 InvalidDBName.NotFound, although it is listed": ["waiting 2h00m, 328", "waiting 30m, 158"],
    "404 InvalidAccessKeyId.NotFound": ["error, 2", "error, 1"],
    "404 SomethingElse.NotFound": ["error, 2", "error, 1"],
    '400 with an unknown code and "does not exist"': ["error, 2", "error, 1"],
    "403 Forbidden.RAM": ["error, 2", "error, 1"],
    "403 OperationDenied.DBInstanceStatus, the instance Running": ["waiting 2h00m, 328", "waiting 30m, 158"],
    "403 OperationDenied.DBInstanceStatus, the instance Deleting": ["error, 0", "error, 1"],
    "403 OperationDenied.DBInstanceStatus, the instance locked": ["error, 0", "error, 1"],
    "403 OperationDenied.DBInstanceStatus, the instance released": ["error, 0", "error, 1"],
    "403 OperationDenied.DBInstanceStatus, the instance itself denied": [
      "waiting 2h00m, 328",
      "waiting 30m, 158",
    ],
  };

  it("is gone by a definite not-found alone, and nothing is changed by an answer that is none", () => {
    const texts = (asked: Row["asked"]) =>
      Object.fromEntries(
        rows
          .filter((row) => row.asked === asked)
          .map(({ answer, cells: { refresh, up, destroy } }) => [
            answer,
            [cellText(refresh), cellText(up), cellText(destroy)],
          ]),
      );
    assert.deepEqual(texts("DescribeDatabases"), looks);
    assert.deepEqual(
      texts("DeleteDatabase"),
      Object.fromEntries(
        Object.entries(drops).map(([answer, cells]) => [answer, ["does not ask", ...cells]]),
      ),
    );
  });

  it("says in every failure what was tried, what the cloud said, and what to do", () => {
    for (const { asked, answer, cells } of rows) {
      for (const [operation, { how, said }] of Object.entries(cells)) {
        if (how === "gone" || how === "done") continue;
        const [sentence = ""] = said;
        const about = `${asked}, ${answer}, ${operation}: ${sentence}`;
        assert.match(sentence, /rm-staging/, about);
        assert.match(sentence, /request id F00D|\[instance-|Instance rm-staging does not exist/, about);
        assert.match(
          sentence,
          /[Rr]un it again|Run the command again|Name another instance|Renew it|Run `pulumi refresh`/,
          about,
        );
      }
    }
  });

  it("warns before a resource is let go, with the place where nothing was found", () => {
    for (const { answer, cells } of rows.filter(({ asked }) => asked === "DescribeDatabases")) {
      // Databases that are lost do not let their resource go.
      if (cells.refresh.how !== "gone" || answer === "200 with an empty list") continue;
      const [warning = ""] = cells.refresh.said;
      assert.match(
        warning,
        /^Instance rm-staging was not found in region cn-hangzhou \(endpoint played\)/,
        answer,
      );
    }
  });

  it("is written down in docs/absence.md", () => {
    const written = readFileSync(join(__dirname, "../../../docs/absence.md"), "utf8");
    const plain = (text: string) => text.replace(/ +/g, " ").replace(/-{3,}/g, "---");
    assert.ok(
      plain(written).includes(plain(absenceMarkdown(rows))),
      `write there:\n${absenceMarkdown(rows)}`,
    );
  });
});
