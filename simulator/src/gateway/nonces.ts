/** Remembers nonces for as long as a request that carries one could be accepted again. */
export interface Nonces {
  /** Marks a nonce as used. @returns whether it was used before */
  use(nonce: string, now: number): boolean;
  /** As if the last request that used one had never come. */
  takeBack(): void;
}

/** Two generations: when the younger is older than the time to keep, it becomes the elder and that is forgotten. */
export function rememberNonces(keepMs: number): Nonces {
  let younger = new Set<string>();
  let elder = new Set<string>();
  let begun: number | undefined;
  let last: string | undefined;
  return {
    use(text, now) {
      // A text of its own, and no piece of the request that would keep all of it alive.
      const nonce = Buffer.from(text).toString("latin1");
      begun ??= now;
      if (now - begun > keepMs) {
        elder = now - begun > 2 * keepMs ? new Set() : younger;
        younger = new Set();
        begun = now;
      }
      const used = younger.has(nonce) || elder.has(nonce);
      younger.add(nonce);
      last = used ? undefined : nonce;
      return used;
    },
    takeBack() {
      if (last !== undefined) younger.delete(last);
      last = undefined;
    },
  };
}
