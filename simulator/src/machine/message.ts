import { createHash } from "node:crypto";

/**
 * One of several texts for the same refusal. The service words its messages differently by edition and
 * language, so nobody may match on them; a world that always used one text would hide it.
 */
export function variedMessage(message: string, seed: number, requestId: string): string {
  const pick = fraction(`${seed}:${requestId}`) * wordings.length;
  return (wordings[Math.floor(pick)] ?? plain)(message);
}

/** A number in [0, 1) that always follows from the text. */
export const fraction = (text: string): number =>
  createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;

const plain = (message: string) => message;
const wordings = [
  plain,
  (message: string) => `The request was refused. ${message}`,
  (message: string) => `${message} Check the request and the state of the instances.`,
];
