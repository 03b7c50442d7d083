import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { signedTextMark } from "../machine/message.js";

/** Who signed, when, and the text that makes the request unique. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly date: string;
  readonly nonce: string;
}

/** The secret of a key; throws the refusal of an unknown one. */
export type SecretOf = (accessKeyId: string) => string;

export const signatureMismatch = refusal({
  id: "gateway.signature",
  action: "gateway",
  code: "SignatureDoesNotMatch",
  status: 400,
  message: `Specified signature is not matched with our calculation. ${signedTextMark}{signedText}`,
  says: "A signature made with another secret or over another request is refused; the message ends with the text that should have been signed. Older gateways answer 403.",
  basis: "measured",
  source: sources.publicClients,
});
