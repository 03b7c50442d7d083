import { Socket } from "node:net";
import * as pulumi from "@pulumi/pulumi";

/** Gives a program of these tests its configuration, by keys without the project's name. */
export function configure(settings: Readonly<Record<string, string>>): void {
  const project = pulumi.getProject();
  pulumi.runtime.setAllConfig(
    Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${project}:${key}`, value])),
  );
}

/** Answers for resources of other packages: their inputs, and the outputs that a test says. */
export function answering(outputs: object): pulumi.runtime.Mocks["newResource"] {
  return ({ name, inputs }) => ({ id: `${name}-id`, state: { ...(inputs as object), ...outputs } });
}

/** From here on, whoever reaches for the network in this file of tests is refused. */
export function refuseNetwork(): void {
  const { connect } = Socket.prototype;
  before(() => {
    Socket.prototype.connect = () => {
      throw new Error("A test under mocks reached for the network.");
    };
  });
  after(() => {
    Socket.prototype.connect = connect;
  });
}
