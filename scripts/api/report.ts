import { mkdirSync } from "node:fs";
import { join, relative } from "node:path";
import {
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
} from "@microsoft/api-extractor";
import { root } from "../root.ts";

/** One entry of a published package. */
export interface Entry {
  readonly report: string;
  readonly package: string;
  readonly types: string;
}

export interface ApiReport {
  /** The checked-in report. */
  readonly file: string;
  /** Whether it says something else than the declarations do. */
  readonly changed: boolean;
  /** Types that public ones use and the entry does not export. */
  readonly notExported: readonly string[];
  readonly problems: readonly string[];
}

/** Compares the declarations of an entry with its report, and writes the report unless they are only to be compared. */
export function apiReport({ report, package: folder, types }: Entry, isCheck: boolean): ApiReport {
  const temporary = join(root, "node_modules", ".cache", "api");
  const reports = join(root, "docs", "api");
  mkdirSync(temporary, { recursive: true });
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: join(root, folder),
      mainEntryPointFilePath: join(root, folder, types),
      compiler: { tsconfigFilePath: join(root, folder, "tsconfig.json") },
      apiReport: {
        enabled: true,
        reportFolder: reports,
        reportTempFolder: temporary,
        reportFileName: report,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: "lf",
      messages: {
        compilerMessageReporting: { default: error },
        extractorMessageReporting: {
          default: error,
          // Everything that is exported is public: no entry has a part of its own for insiders.
          "ae-missing-release-tag": { logLevel: ExtractorLogLevel.None },
          "ae-undocumented": error,
        },
        tsdocMessageReporting: { default: error },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, folder, "package.json"),
  });
  const problems: string[] = [];
  const notExported: string[] = [];
  const { apiReportChanged } = Extractor.invoke(config, {
    localBuild: !isCheck,
    messageCallback(message) {
      message.handled = true;
      if (message.messageId === "ae-forgotten-export")
        notExported.push(/"(\w+)"/.exec(message.text)?.[1] ?? message.text);
      else if (message.logLevel === ExtractorLogLevel.Error && !message.messageId.startsWith("console-"))
        problems.push(said(message));
    },
  });
  return { file: join(reports, `${report}.api.md`), changed: apiReportChanged, notExported, problems };
}

const error = { logLevel: ExtractorLogLevel.Error };

function said({ sourceFilePath, sourceFileLine, text }: ExtractorMessage): string {
  return sourceFilePath === undefined
    ? text
    : `${relative(root, sourceFilePath)}:${sourceFileLine ?? 1} ${text}`;
}
