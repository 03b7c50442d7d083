import type { RefusalRule } from "./rule.js";

/** Ends a call: nothing of the world was changed. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  constructor(
    readonly rule: RefusalRule,
    readonly code: string,
    readonly status: number,
    message: string,
    /** Further fields of the error body, such as AccessDeniedDetail. */
    readonly extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

export interface RefusalDetails {
  /** Fill the placeholders of the rule's message. */
  readonly values?: Readonly<Record<string, string | number>>;
  /** Where a switch of the world or the very case decides about the code and status. */
  readonly code?: string;
  readonly status?: number;
  readonly extra?: Readonly<Record<string, unknown>>;
}

export function refuse(rule: RefusalRule, details: RefusalDetails = {}): Refusal {
  const message = rule.message.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    String(details.values?.[name] ?? whole),
  );
  return new Refusal(rule, details.code ?? rule.code, details.status ?? rule.status, message, details.extra);
}
