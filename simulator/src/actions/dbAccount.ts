import type { Call } from "../call/call.js";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { DbAccount, Instance, WorldDraft } from "../world/schema.js";
import { draftInstance } from "../world/find.js";

/** The account a call names. */
export function existingAccount(call: Call, instance: Instance): DbAccount {
  const name = call.params["AccountName"] ?? "";
  const account = instance.dbAccounts.find((candidate) => candidate.name === name);
  if (account === undefined)
    throw refuse(unknown, { status: call.world.service.notFoundStatus, values: { name } });
  return account;
}

/** The same, once it is made. */
export function availableAccount(call: Call, instance: Instance): DbAccount {
  const account = existingAccount(call, instance);
  if (account.status !== "Available")
    throw refuse(notAvailable, { values: { name: account.name, status: account.status } });
  return account;
}

export function checkPassword(password: string): void {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[!@#$%^&*()_+\-=]/].filter((kind) => kind.test(password)).length;
  if (!/^[A-Za-z0-9!@#$%^&*()_+\-=]{8,32}$/.test(password) || kinds < 3) throw refuse(badPassword);
}

export function checkAccountDescription(text: string): void {
  const wellFormed = /^\p{L}[\p{L}\p{N}_-]{1,255}$/u.test(text) && !/^https?:\/\//.test(text);
  if (text !== "" && !wellFormed) throw refuse(badDescription);
}

export function draftAccount(draft: WorldDraft, instanceId: string, name: string) {
  const account = draftInstance(draft, instanceId).dbAccounts.find((candidate) => candidate.name === name);
  if (account === undefined)
    throw new Error(`The world lost the account ${name} while it was being changed.`);
  return account;
}

const of = { basis: "documented", source: sources.createAccountPage } as const;
const named =
  "DeleteAccount, ResetAccountPassword, ModifyAccountDescription, GrantAccountPrivilege, RevokeAccountPrivilege";

const unknown = refusal({
  ...of,
  id: "account.not-found",
  action: named,
  parameter: "AccountName",
  switch: "notFoundStatus",
  code: "InvalidAccountName.NotFound",
  status: 404,
  message: "The account {name} does not exist.",
  says: "An unknown account; the status follows the world's notFoundStatus.",
  basis: "measured",
  source: sources.publicClients,
});
const notAvailable = refusal({
  ...of,
  id: "account.status",
  action: "DeleteAccount, ResetAccountPassword, GrantAccountPrivilege, RevokeAccountPrivilege",
  parameter: "AccountName",
  code: "OperationDenied.AccountStatus",
  status: 403,
  message: "The account {name} is {status}; the operation is not permitted in this state.",
  says: "An account that is still being made takes no change.",
  source: sources.errorTable2020,
});
const badPassword = refusal({
  ...of,
  id: "account.password",
  action: "CreateAccount, ResetAccountPassword",
  parameter: "AccountPassword",
  code: "InvalidAccountPassword.Format",
  status: 400,
  message: "The password of the account is not valid.",
  says: "8 to 32 characters of three kinds at least: capitals, small letters, digits, and !@#$%^&*()_+-=. It is checked and never kept.",
});
const badDescription = refusal({
  ...of,
  id: "account.description",
  action: "CreateAccount, ModifyAccountDescription",
  parameter: "AccountDescription",
  code: "InvalidAccountDescription.Format",
  status: 400,
  message: "The description of the account is not valid.",
  says: "2 to 256 characters, a letter first, then letters, digits, _ and -; or none.",
});
