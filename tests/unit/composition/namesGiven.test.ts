import assert from "node:assert/strict";
import { namesGiven } from "../../../provider/src/cli/namesGiven";

describe("the names given to import-file and doctor", () => {
  const wanted = { orders: "orders", crm: "crm_old" };

  for (const [how, ...texts] of [
    ["as a comma list", "orders,crm=crm_old"],
    ["with blanks in it", " orders , crm = crm_old "],
    ["as arguments of their own", "orders", "crm=crm_old"],
    ["both, as PowerShell passes a list with blanks on", "orders,", "crm=crm_old"],
    ["in quotes that cmd.exe passes on", "'orders,crm=crm_old'"],
    ["in two of them, for it splits at the blank", "'orders,", "crm=crm_old'"],
    ["with a comma at the end", "orders,crm=crm_old,"],
  ] as const) {
    it(how, () => assert.deepEqual(namesGiven(texts), wanted));
  }

  it("keep what a name may hold", () => {
    assert.deepEqual(namesGiven(["Order Data=order_data"]), { "Order Data": "order_data" });
  });

  it("are refused where it is not clear what is meant", () => {
    assert.throws(() => namesGiven(["a=b=c"]), /"a=b=c" is no name and no source=target/);
    assert.throws(() => namesGiven(["orders="]), /"orders=" is no name and no source=target/);
    assert.throws(() => namesGiven(["orders", "orders=other"]), /orders is named twice/);
  });
});
