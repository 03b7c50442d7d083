import { killTests } from "./killTests";

killTests("create two databases");
