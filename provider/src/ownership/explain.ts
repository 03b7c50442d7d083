import { entryOf, listNames } from "../copy/databaseNames";
import { describeRestorePoint, unknownPoint, type RestorePoint } from "../copy/restorePoint";
import type { OptionProblem } from "./change";
import { intentKey } from "./intent";
import { markText, type Mark, type Owner } from "./mark";
import type { DatabaseRecord } from "./record";
import type { Saying } from "./sayings";

/** Where an operation works, for its sentences. */
export interface Place {
  readonly instanceId: string;
  /** The owner of the resource: for the text of a mark that is to be written back. */
  readonly own: Owner;
}

/** All sentences about ownership. What happened, where, and what to do next. */
export function explain(saying: Saying, place: Place): string {
  const { instanceId } = place;
  const database = (name: string) => `Database ${name} on ${instanceId}`;
  switch (saying.kind) {
    case "refused":
      return refused(saying, place);
    case "foreign":
      return `${database(saying.name)} is recorded by this resource, and it is someone else's now. It was left in place. ${wayOut(saying, place)}`;
    case "left":
      return left(saying, place);
    case "tagsUnreadable":
      return saying.key === undefined
        ? `The tags of ${instanceId} could not be read: ${saying.reason} Without them it cannot be determined which databases belong to this resource. No database was changed. ${tagPermissions}`
        : `The tag ${saying.key} on ${instanceId} could not be parsed. It may be of another version of this package. No database was changed. If no copy is running, remove the tag.`;
    case "tagsDenied":
      return `A tag on ${instanceId} could not be written or removed: ${saying.reason} ${saying.isPassing ? onceMore : tagPermissions}`;
    case "tagsFull":
      return `${instanceId} has no room for another tag: ${listNames(saying.keys)}. Remove the tags that are not needed and run \`pulumi up\` again.`;
    case "copyBlocked":
      return saying.reasons.join("\n");
    case "copyUnknown":
      return `What the new copy depends on could not be determined, so nothing was changed. Run \`pulumi up\` again once it can be; only \`preflight: "off"\` drops without looking.\n${saying.reasons.join("\n")}`;
    case "noRestorePoint":
      return `No restore point holds ${listNames(saying.names)}. Nothing was copied.`;
    case "copyRefused":
      return `The copy of ${listNames(saying.names)} to ${instanceId} was refused. ${saying.reason}`;
    case "copyUnanswered":
      return `The answer to the copy of ${listNames(saying.names)} to ${instanceId} was lost: ${saying.reason} It is not known whether the copy was started. Run \`pulumi up\` again: it determines that before anything else is copied.`;
    case "timedOut":
      return `Timed out before ${listNames(saying.names)} ${saying.names.length === 1 ? "was" : "were"} ready on ${instanceId}${statusesOf(saying)}. Run \`pulumi up\` again to continue.`;
    case "copyTimedOut":
      return `Timed out before the copy of ${listNames(saying.names)} to ${instanceId} could be requested. ${saying.reason} Nothing was copied. Run \`pulumi up\` again once the instances can be used.`;
    case "vanished":
      return `${database(saying.name)} no longer exists: its copy failed, or someone dropped it. Run \`pulumi up\` to copy it.`;
    case "copyFailed":
      return `The copy of ${saying.name} to ${instanceId} from ${describeRestorePoint(saying.point)} failed according to its task. Run \`pulumi up\` again to copy it.`;
    case "unmarked":
      return `The owner mark of ${saying.name} (its description) could not be written on ${instanceId}: ${saying.reason} ${saying.isPassing ? onceMore : descriptionPermission}`;
    case "otherData":
      return saying.differs === "point"
        ? `${database(saying.name)} holds ${describeRestorePoint(saying.point)}, from an interrupted run, and the program names another restore point. It is recorded. Run \`pulumi up\` again: it replaces the databases.`
        : `${database(saying.name)} was copied by an interrupted run from another source than the program names, or together with other databases under new names. It is recorded. Run \`pulumi up\` again: it replaces the databases.`;
    case "dropFailed":
      return `${database(saying.name)} could not be dropped: ${saying.reason} Run the command again.`;
    case "instanceNotFound":
      return `Instance ${instanceId} does not exist. Run \`pulumi refresh\` if it was released.`;
    case "instanceLost":
      return `Instance ${instanceId} no longer exists, nor does what was being copied to it. Run \`pulumi refresh\` to remove this resource from the state, or take it out of the program.`;
    case "lookFailed":
      return `The work on ${instanceId} stopped before its end. ${saying.reason}`;
    case "neverAppeared":
      return `${saying.name} never appeared on ${instanceId}: its copy from ${describeRestorePoint(saying.point)} was requested and did not finish. It is no longer recorded.`;
    case "maybeOrphan": {
      const id = saying.id === undefined ? "" : ` (id ${saying.id})`;
      // Without a mark nothing carries the id that a claim could name.
      const keep = saying.mark ? `\`claim: ["${saying.mark.id}"]\`` : "`adoptExisting: true`";
      return `${database(saying.name)} may be left over from an earlier run of this resource${id}. It is neither declared nor recorded, and was left in place. To keep it, declare it with ${keep}; else drop it yourself.`;
    }
    case "maybeReplaced": {
      const { name, id, point, age, isMarked } = saying;
      const of = `${describeRestorePoint(point)}${age === undefined ? "" : `, ${age} old`}`;
      const shows = isMarked
        ? `carries an owner mark (id ${id}, ${of})`
        : `is covered by a copy of this resource (tag ${intentKey(id)}, ${of})`;
      const keep = isMarked ? `: add \`claim: ["${id}"]\` to keep the database` : "";
      return `${database(name)} ${shows}, and a preview is not given the state. If the state records it, the database will be dropped and copied again. If not (a lost state, an interrupted run), the run is refused before anything is dropped${keep}.`;
    }
    case "maybeAdopted":
      return `${database(saying.name)} carries no owner mark, and a preview is not given the state. If the state records it (someone wrote over its mark, or it was adopted), the run is refused before anything is dropped. If not, it is adopted.`;
    case "claimedOld":
      return `${database(saying.name)} is claimed with the data of ${describeRestorePoint(saying.point)}, which is ${saying.age}; maxBackupAge allows ${saying.maxBackupAge} and applies to new copies alone. To copy it anew, leave it out of claim and drop it yourself.`;
    case "withoutAccounts":
      return `No account has rights on ${listNames(saying.names)} on ${instanceId}, though syncUserPrivilege was asked for. Check the accounts of the source, and grant the rights on the target.`;
    case "notRunning":
      return `${database(saying.name)} is ${saying.status}, not Running. It was left in place. Bring it online, or drop it and run \`pulumi up\` to copy it again.`;
    case "mixedPoints":
      return `The other databases hold ${describeRestorePoint(saying.held)}, which can no longer be restored. The missing ones are copied from ${describeRestorePoint(saying.point)}, so this resource will hold two restore points.`;
    case "notInBackup":
      return `The service does not find all of ${listNames(saying.names)} in ${describeRestorePoint(saying.point)}. Trying an older one.`;
    case "adopted":
      return `Adopting the existing database ${saying.name} on ${instanceId}. It will not be overwritten or dropped.`;
    case "claimed":
      return `Claiming database ${saying.name} on ${instanceId} (id ${saying.id}). It gets a new owner mark, and whoever recorded that id leaves it.${saying.isTagged ? ` Remove the tag ${intentKey(saying.id)} if no run of that copy is alive: it is no longer needed.` : ""}`;
    case "resumed":
      return `Found ${saying.name} on ${instanceId}, copied from ${describeRestorePoint(saying.point)} by an interrupted run of this resource. Continuing it.`;
    case "dropped":
      return `Dropped ${saying.name} on ${instanceId}.`;
  }
}

export function severityOf({ kind }: Saying): "info" | "warn" {
  return infos.has(kind) ? "info" : "warn";
}

/** Good news, and what a person need not act on; everything else is a warning. */
const infos: ReadonlySet<Saying["kind"]> = new Set([
  "adopted",
  "claimed",
  "resumed",
  "dropped",
  "notInBackup",
]);

function statusesOf({ names, statuses = {} }: Extract<Saying, { readonly kind: "timedOut" }>): string {
  const each = names.map((name) => entryOf(statuses, name) ?? "not listed");
  if (new Set(each).size <= 1) return each[0] === undefined ? "" : ` (${each[0]})`;
  return ` (${listNames(names.map((name, index) => `${name} ${each[index] ?? ""}`))})`;
}

/** What `check` says of options that contradict each other: the property, and why. */
export function explainOptions(problem: OptionProblem): {
  readonly property: string;
  readonly reason: string;
} {
  switch (problem) {
    case "adoptNeedsMarks":
      return {
        property: "adoptExisting",
        reason:
          "cannot be used with ownershipMarks: false: two resources could hold one database, and neither could tell.",
      };
    case "createFirst":
      return {
        property: "deleteBeforeReplace",
        reason:
          "cannot be false: the new copy needs the names of the old databases, which must be dropped first.",
      };
    case "retained":
      return {
        property: "retainOnDelete",
        reason:
          "keeps the databases, and a replacement needs their names. Choose other target names; or turn retainOnDelete off, " +
          "run `pulumi up` with everything else as before, and then replace.",
      };
  }
}

type Refused = Extract<Saying, { readonly kind: "refused" }>;
type Left = Extract<Saying, { readonly kind: "left" }>;

function refused(saying: Refused, place: Place): string {
  const { name } = saying;
  const { instanceId } = place;
  switch (saying.why) {
    case "appeared":
      return `${name} appeared on ${instanceId} right before the copy was requested. Nothing was copied over it. Run \`pulumi up\` again: it determines who made it.`;
    case "unlisted":
      return `The name ${name} is taken on ${instanceId}, though no database of that name is listed. Nothing was copied. Run \`pulumi up\` again later.`;
    case "stillDeleting":
      return `Database ${name} on ${instanceId} is still being deleted. Nothing was copied. Run \`pulumi up\` again later.`;
    case "adopted":
      return `Database ${name} on ${instanceId} was adopted, and is never dropped, so nothing can be copied in its place. Choose another target name.`;
    case "otherPoint":
      return `Database ${name} on ${instanceId} is claimed and holds ${describeRestorePoint(saying.point ?? unknownPoint)}, and the program names another restore point. Nothing was changed. Take it out of claim, or leave backupId and restoreTime out.`;
    case "unrecorded":
    case "otherOwner":
    case "othersIntent":
    case "unproven":
    case "copyFailed":
    case "markGone":
    case "unclaimed":
      return `Database ${name} on ${instanceId} exists, and nothing shows that this resource made it. Nothing was changed. ${wayOut(saying, place)}`;
  }
}

function left({ name, why, by, record }: Left, { instanceId, own }: Place): string {
  const database = `Database ${name} on ${instanceId}`;
  switch (why) {
    case "adopted":
      return `${database} was adopted. It was left in place and is no longer managed.`;
    case "retained":
      return `${database} is retained (retainOnDelete). It was left in place and is no longer managed.`;
    case "declaredElsewhere":
      return `${database} is declared by ${by ?? "another resource"}. It was left in place and is no longer managed by this resource.`;
    case "notItsOwn":
    case "markGone":
      return `${database} does not carry the owner mark of its record. It was left in place and is no longer managed.${restoring(record, own)}`;
    case "unrecorded":
    case "otherOwner":
    case "othersIntent":
    case "unproven":
    case "copyFailed":
    case "unclaimed":
      return `${database} is someone else's. It was left in place.`;
  }
}

/** What a person can do, by the reason of the verdict. */
function wayOut(
  {
    name,
    why,
    id = "<id>",
    status,
    mark,
    requested,
    record,
    age,
    isOtherPoint,
  }: Pick<Refused, "name" | "id" | "status" | "mark" | "requested" | "record" | "age" | "isOtherPoint"> & {
    readonly why: string;
  },
  { own, instanceId }: Place,
): string {
  const claim = `add \`claim: ["${id}"]\`${isOtherPoint ? " and leave backupId and restoreTime out, since it holds another restore point" : ""}`;
  const free = `Choose another target name, or drop ${name} yourself.`;
  switch (why) {
    case "unrecorded":
      return `It carries the owner mark of this resource (id ${id}, ${pointOf(mark, age)}), and the state does not record it: an interrupted run, or a lost or moved state. If no other stack manages it, ${claim}.`;
    case "otherOwner":
      return `It carries the owner mark of another resource (owner ${mark?.owner ?? "unknown"}, id ${id}, ${pointOf(mark, age)}). If that is a former name of this resource, add \`aliases\` with that name. To move it to this resource, ${claim}.`;
    case "othersIntent":
      if (requested)
        return `A copy by another resource covers it (tag ${intentKey(id)}), and an interrupted run of this resource may have requested it as well (tag ${intentKey(requested.id)}). Wait for that copy. If the database is this resource's, set its description to \`${markText(requested)}\`: it is recognised at the next run. Otherwise remove the tag of this resource. Then: ${free}`;
      return `A copy by another resource covers it (tag ${intentKey(id)}). Wait for that copy; after an interrupted run, run \`pulumi up\` of that resource again, which continues it. If that resource no longer exists, remove the tag; if the database is this resource's, set its description to \`${markToWrite(id, mark, own)}\` and ${claim}.`;
    case "unproven":
      return `An interrupted run of this resource may have requested it (tag ${intentKey(id)}), and it cannot be determined that it did. If the database is of that copy and no other copy of this resource was accepted, ${claim}. Otherwise remove the tag. Then: ${free}`;
    case "copyFailed":
      return `The copy that this resource requested (tag ${intentKey(id)}) failed, so someone else made it. ${free} Remove the tag if that run no longer exists.`;
    case "markGone":
      return `Its description no longer holds the owner mark.${record ? restoring(record, own) : unrestored} ${stripped(instanceId)}`;
    case "unclaimed": {
      const adopt =
        status === undefined
          ? "Or set `adoptExisting: true` to manage it as it is: it is then never overwritten or dropped."
          : `It is ${status}; when it is Running, \`adoptExisting: true\` manages it as it is.`;
      return `${free} ${adopt} ${stripped(instanceId)}`;
    }
    default:
      return free;
  }
}

/** The exact text to write back into the description. */
function restoring(record: DatabaseRecord | undefined, own: Owner): string {
  if (!record || record.phase === "adopted") return "";
  const text = markText({ owner: own, id: record.id, point: record.point });
  return ` If it is the database of this resource, set its description to \`${text}\`: it is recognised at the next run.`;
}

/** In the preview of a replacement the engine hands over no state. */
const unrestored =
  " With everything else as before the replacement, `pulumi refresh` (`pulumi up` if its copy did not finish) prints the mark to write back, if the database is this resource's.";

/** The mark that the run of an intent would have written. */
function markToWrite(id: string, mark: Mark | undefined, own: Owner): string {
  return mark ? markText(mark) : `pulumi-${own}-${id}-b<backup id>`;
}

function stripped(instanceId: string): string {
  return `The resource of instance ${instanceId} in this or another stack may have removed the tag that covered it, as \`pulumi up --refresh\` does after an interruption: add \`ignoreChanges: ["tags"]\` there.`;
}

function pointOf(mark: Mark | undefined, age: string | undefined): string {
  const point = mark ? describeRestorePoint(mark.point satisfies RestorePoint) : "restore point unknown";
  return age === undefined ? point : `${point}, ${age}`;
}

const onceMore = "Run `pulumi up` again: it continues there.";

const tagPermissions =
  "Grant rds:ListTagResources, rds:TagResources and rds:UntagResources, or set ownershipMarks: false: then the state alone " +
  "decides which databases belong to this resource, and an interrupted run needs a hand.";

const descriptionPermission =
  "Grant rds:ModifyDBDescription and run `pulumi up` again, or set ownershipMarks: false: then the state alone decides which " +
  "databases belong to this resource.";
