export { copyMocks, type CopyMocksOptions } from "./copyMocks";
export { mockCopyOutputs, type MockCopyOutputs } from "./mockCopyOutputs";
