import { killTests } from "./killTests";

killTests("replace by trigger");
