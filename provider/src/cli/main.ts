#!/usr/bin/env node
import { Command } from "commander";
import { doctorCommand } from "./doctor/doctorCommand";
import { importFileCommand } from "./importFileCommand";
import { policyCommand } from "./policyCommand";

void new Command("pulumi-alicloud-rds-copy")
  .description("What goes with the DatabaseCopy resource and is no part of a Pulumi run.")
  .addCommand(doctorCommand((line) => console.log(line)))
  .addCommand(policyCommand((line) => console.log(line)))
  .addCommand(importFileCommand((line) => console.log(line)))
  .parseAsync();
