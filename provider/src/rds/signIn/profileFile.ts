import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { optionalSeconds, optionalText } from "./configuredObject";
import type { Settings } from "./settings";

/** One profile of the aliyun CLI's file, in the words of that file. */
export type Profile = z.output<typeof profileShape>;

/** What a look into the file gave: a profile, or a few words for what was found instead of it. */
export type ProfileLook =
  | { readonly found: true; readonly profile: Profile; readonly place: string }
  | { readonly found: false; readonly instead: string };

/** The aliyun CLI's credentials file. It is read once, until it is forgotten. */
export interface ProfileFile {
  readonly path: string;
  named(name: string): ProfileLook;
  /** The profile that the CLI itself would use. */
  current(): ProfileLook;
  forget(): void;
}

/** The file that the stack names, else `~/.aliyun/config.json`. JSON, unlike the SDKs' own shared file. */
export function profileFile(settings: Settings, env: NodeJS.ProcessEnv): ProfileFile {
  const home = env["HOME"] ?? env["USERPROFILE"] ?? homedir();
  const path =
    settings("sharedCredentialsFile")?.value.replace(/^~(?=[/\\]|$)/, home) ?? defaultProfileFile(home);
  let read: Contents | undefined;
  const look = (pick: (contents: z.output<typeof fileShape>) => string | undefined): ProfileLook => {
    read ??= readProfiles(path);
    if (typeof read === "string") return { found: false, instead: read };
    const name = pick(read);
    if (!name) return { found: false, instead: `${path} names no current profile` };
    const profile = read.profiles.find((candidate) => candidate.name === name);
    return profile
      ? { found: true, profile, place: `profile ${name} of ${path}` }
      : { found: false, instead: `${path} has no profile ${name}` };
  };
  return {
    path,
    named: (name) => look(() => name),
    current: () => look(({ current }) => current),
    forget: () => (read = undefined),
  };
}

/** The only file into which the SDK writes renewed tokens (`OAuth`). */
export function defaultProfileFile(home = homedir()): string {
  return join(home, ".aliyun", "config.json");
}

type Contents = z.output<typeof fileShape> | string;

function readProfiles(path: string): Contents {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? `there is no file ${path}` : `${path} cannot be read (${code ?? "unknown"})`;
  }
  try {
    // A parser's words may quote the file, and the file holds secrets: they are not passed on.
    const parsed = fileShape.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : `${path} is not a file of the aliyun CLI`;
  } catch {
    return `${path} is not JSON (the INI file of the SDKs is another one)`;
  }
}

const profileShape = z.object({
  name: z.string(),
  mode: optionalText,
  region_id: optionalText,
  access_key_id: optionalText,
  access_key_secret: optionalText,
  sts_token: optionalText,
  ram_role_arn: optionalText,
  ram_session_name: optionalText,
  expired_seconds: optionalSeconds,
  duration_seconds: optionalSeconds,
  external_id: optionalText,
  sts_region: optionalText,
  source_profile: optionalText,
  ram_role_name: optionalText,
  oidc_provider_arn: optionalText,
  oidc_token_file: optionalText,
  cloud_sso_sign_in_url: optionalText,
  cloud_sso_account_id: optionalText,
  cloud_sso_access_config: optionalText,
  access_token: optionalText,
  cloud_sso_access_token_expire: optionalSeconds,
  process_command: optionalText,
});

const fileShape = z.object({ current: optionalText, profiles: z.array(profileShape) });
