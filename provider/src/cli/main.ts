#!/usr/bin/env node
import { Command } from "commander";
import { importFileCommand } from "./importFileCommand";
import { policyCommand } from "./policyCommand";

void new Command("pulumi-alicloud-rds-copy")
  .description("What goes with the DatabaseCopy resource and is no part of a Pulumi run.")
  .addCommand(policyCommand((line) => console.log(line)))
  .addCommand(importFileCommand((line) => console.log(line)))
  .parseAsync();
