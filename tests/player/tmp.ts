import fc from "fast-check";
import { playStorm } from "./storm/play";
import { schedules } from "./storm/schedule";
async function main() {
  const [n, seed] = process.argv.slice(2).map(Number);
  const kinds = new Map<string, { n: number; first: number; text: string }>();
  const t = process.cpuUsage();
  let i = 0;
  const counts = new Map<string, number>();
  const only = process.argv[4] === undefined ? undefined : Number(process.argv[4]);
  for (const schedule of fc.sample(schedules, { numRuns: n!, seed: seed! })) {
    i++;
    if (only !== undefined && i !== only) continue;
    try {
      const r = await playStorm(schedule);
      for (const s of r.sometimes) counts.set(s, (counts.get(s) ?? 0) + 1);
      if (only !== undefined) {
        console.log(JSON.stringify(schedule));
        for (const o of r.operations) {
          console.log(`== stack ${o.stack} ${o.kind} ${o.kind === "up" ? JSON.stringify(o.program).replace(/"sourceDbInstanceId":"rm-prod",|"preflight":"\w+"|"/g, "") : ""} steps ${o.outcome.steps} ${o.outcome.killed ? "KILLED" : ""}`);
          for (const c of o.calls) if (!/^(Describe|List)/.test(c.action)) console.log("    ", c.action.slice(0, 8), c.params["DBName"] ?? c.params["DbNames"] ?? c.params["Tag.1.Key"]?.slice(21) ?? c.params["TagKey.1"]?.slice(21), c.params["Tag.1.Value"] ?? c.params["DBDescription"]?.slice(0, 36) ?? "", c.code ?? c.status, c.isUnanswered ? "UNANSWERED" : "");
          for (const e of [...o.outcome.errors, ...o.outcome.warnings, ...o.outcome.infos]) console.log("    !", e.slice(0, 250));
        }
        console.log(r.violations.join("\n"));
      }
      for (const v of r.violations) {
        const k = v.replace(/(rm-\w+)\/?\w*/g, "$1").replace(/\b[a-z]\d{7}\b/g, "ID").replace(/(orders|crm|Billing|billing)\w*/g, "N").slice(0, 130);
        const e = kinds.get(k) ?? { n: 0, first: i, text: v };
        e.n++; kinds.set(k, e);
      }
    } catch (e) { const k = "THROWN " + String((e as Error).stack).slice(0, 400); const x = kinds.get(k) ?? { n: 0, first: i, text: k }; x.n++; kinds.set(k, x); }
  }
  const u = process.cpuUsage(t);
  for (const [k, e] of [...kinds].sort((a, b) => b[1].n - a[1].n)) console.log(e.n, "first", e.first, e.text.slice(0, 500));
  console.log([...counts].sort().map(([k, v]) => `${v} ${k}`).join("\n"));
  console.log(i, "lives", ((u.user + u.system) / 1e6).toFixed(1), "s CPU");
}
void main();
