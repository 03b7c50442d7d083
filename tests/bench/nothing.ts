import * as pulumi from "@pulumi/pulumi";

/** A resource that does nothing: what the engine and dynamic providers cost by themselves. */
export interface NothingArgs {
  readonly text: pulumi.Input<string>;
  /** Asked once by its creation, which is the least that one with a cloud behind it does. Default: nothing is asked. */
  readonly url?: pulumi.Input<string>;
  /** How long its creation takes, in milliseconds. Default 0. */
  readonly takes?: pulumi.Input<number>;
}

interface Inputs {
  readonly text: string;
  readonly url?: string;
  readonly takes?: number;
}

const provider: pulumi.dynamic.ResourceProvider<Inputs, Inputs> = {
  async create(inputs) {
    if (inputs.url !== undefined) await fetch(inputs.url);
    if (inputs.takes !== undefined) await new Promise((resolve) => setTimeout(resolve, inputs.takes));
    return { id: inputs.text, outs: inputs };
  },
};

export class Nothing extends pulumi.dynamic.Resource {
  constructor(name: string, args: NothingArgs, options?: pulumi.CustomResourceOptions) {
    super(provider, name, args, options);
  }
}
