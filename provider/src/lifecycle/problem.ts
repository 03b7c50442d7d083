/** Something wrong with an input: the path of the property and a sentence. */
export interface Problem {
  readonly property: string;
  readonly reason: string;
}
