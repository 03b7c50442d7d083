import { PolicyPack } from "@pulumi/policy";
import { productionIsOnlyASource, targetTagsAreRequired } from "./rules";

new PolicyPack("database-copies", { policies: [productionIsOnlyASource, targetTagsAreRequired] });
