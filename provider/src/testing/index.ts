export { copyMocks } from "./copyMocks";
export type { CopyMocksOptions } from "./copyMocks";
export { mockCopyOutputs } from "./mockCopyOutputs";
export type { MockCopyOutputs, MockedInputs } from "./mockCopyOutputs";
