/** Shows /_simulator/status and refreshes it. Everything is set as text: names and marks come from outside. */

const interval = 1000;
const part = (id) => document.getElementById(id);

async function refresh() {
  try {
    const answer = await fetch("/_simulator/status", { cache: "no-store" });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    show(await answer.json());
  } catch (error) {
    part("time").textContent = `The simulator does not answer (${error.message}); what follows is old.`;
    part("time").className = "lost";
  }
  setTimeout(refresh, interval);
}

function show({ now, clock, speed, instances, operations, calls, faults }) {
  const rules = faults.length === 0 ? "" : ` · fault rules: ${faults.length}`;
  part("time").textContent =
    `${now} · clock: ${clock}${speed === 1 ? "" : `, ${speed} times as fast`}${rules}`;
  part("time").className = "";
  fill(
    part("operations"),
    operations.length === 0 ? [faint("Nothing is running.")] : operations.map(operation),
  );
  fill(
    part("instances"),
    instances.length === 0 ? [faint("There is no instance.")] : instances.map(instance),
  );
  fill(part("calls"), calls.length === 0 ? [faint("Nobody has called yet.")] : [callTable(calls)]);
}

function operation({ action, instanceId, about, percent, started }) {
  const bar = element("progress");
  bar.max = 100;
  bar.value = percent;
  bar.setAttribute("aria-label", `${action} on ${instanceId}`);
  return card(
    element("h3", `${action} on ${instanceId}`),
    bar,
    element("div", `${percent} % · ${about} · since ${started}`),
  );
}

function instance({
  id,
  description,
  region,
  engineVersion,
  category,
  status,
  usedGiB,
  storageGiB,
  tags,
  backups,
  databases,
}) {
  const state = element("span", ` ${status}`, kindOf(status));
  const title = element("h3", id);
  title.append(state);
  const scroll = element("div", undefined, "scroll");
  scroll.append(
    table(
      ["Database", "State", "GiB", "Content", "Description"],
      databases.map((database) => [
        database.name,
        element("span", database.status, kindOf(database.status)),
        round(database.sizeGiB),
        database.content,
        database.description,
      ]),
      2,
    ),
  );
  return card(
    title,
    faint([description, region, engineVersion, category].filter((text) => text !== "").join(" · ")),
    faint(
      `${round(usedGiB)} of ${round(storageGiB)} GiB · databases: ${databases.length} · backup sets: ${backups.length}`,
    ),
    ...listed(
      "tags",
      Object.entries(tags).map(([key, value]) => (value === "" ? key : `${key}=${value}`)),
    ),
    ...listed(
      "backups",
      backups.map(({ id, status: made, end }) => `${id} of ${end}${made === "Success" ? "" : ` (${made})`}`),
    ),
    ...(databases.length === 0 ? [] : [scroll]),
  );
}

const callTable = (calls) => {
  const box = card(
    table(
      ["Time", "Action", "Instance", "Answer"],
      calls.map(({ time, action, parameters, status, code, fault }) => [
        time,
        action === "" ? "(no action)" : action,
        [parameters.DBInstanceId, parameters.TargetDBInstanceId].filter(Boolean).join(" → "),
        element(
          "span",
          [status === 0 ? "no answer" : status, code, fault && `(fault: ${fault})`].filter(Boolean).join(" "),
          status === 200 && !fault ? "good" : "bad",
        ),
      ]),
    ),
  );
  box.classList.add("scroll");
  return box;
};

function table(titles, rows, numberColumn) {
  const body = element("table");
  const line = (cells, tag) => {
    const row = element("tr");
    cells.forEach((content, column) => {
      const cell = element(tag);
      cell.append(content instanceof Node ? content : String(content));
      if (column === numberColumn) cell.className = "number";
      row.append(cell);
    });
    return row;
  };
  body.append(line(titles, "th"), ...rows.map((cells) => line(cells, "td")));
  return body;
}

/** Scroll positions stay: a table is only put in when it differs. */
function fill(place, children) {
  const next = element("div");
  next.append(...children);
  const positions = [...place.querySelectorAll(".scroll")].map(({ scrollTop }) => scrollTop);
  if (place.innerHTML === next.innerHTML) return;
  place.replaceChildren(...next.childNodes);
  place.querySelectorAll(".scroll").forEach((box, index) => (box.scrollTop = positions[index] ?? 0));
}

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className !== undefined) made.className = className;
  return made;
}

function card(...children) {
  const made = element("div", undefined, "card");
  made.append(...children);
  return made;
}

const listed = (title, entries) =>
  entries.length === 0 ? [] : [element("div", `${title}: ${entries.join(" · ")}`, "faint scroll short")];

/** What is on its way is neither well nor ill. */
const kindOf = (status) => (status === "Running" ? "good" : status.endsWith("ing") ? "under-way" : "bad");

const faint = (text) => element("div", text, "faint");
const round = (gibibytes) => Math.round(gibibytes * 10) / 10;

refresh();
