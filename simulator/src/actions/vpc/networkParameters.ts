import type { Call } from "../../call/call.js";
import { badValue } from "../../parameters/badValue.js";

/** A name or description of a VPC or vSwitch; nothing if the parameter is absent. An empty one empties it. */
export function networkText({ params }: Call, name: string): string | undefined {
  const text = params[name];
  if (text !== undefined && (text.length > 256 || /^https?:\/\//.test(text))) throw badValue(name);
  return text;
}
