import { killTests } from "./killTests";

killTests("add one, drop one");
