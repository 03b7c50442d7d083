export type Properties = Readonly<Record<string, unknown>>;

/** What a stand-in can do with the resources of one type. */
export interface ResourceKind {
  /** Inputs whose change replaces the resource. */
  readonly replaceOn: readonly string[];
  create(inputs: Properties): Promise<{ readonly id: string; readonly outputs: Properties }>;
  /** The outputs, or nothing if the resource is gone. */
  read(id: string, recorded: Properties): Promise<Properties | undefined>;
  /** Gives the outputs. */
  update(id: string, recorded: Properties, inputs: Properties): Promise<Properties>;
  delete(id: string, recorded: Properties): Promise<void>;
}

/** A text among properties; empty where there is none. */
export function textOf(properties: Properties, name: string): string {
  const value = properties[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** A list of texts among properties. */
export function textsOf(properties: Properties, name: string): readonly string[] {
  const value = properties[name];
  return Array.isArray(value) ? value.map(String) : [];
}

/** A map of texts among properties. */
export function mapOf(properties: Properties, name: string): Readonly<Record<string, string>> {
  const value = properties[name];
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, string>>)
    : {};
}
