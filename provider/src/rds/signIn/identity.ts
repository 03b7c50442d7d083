/** Somebody to sign calls as, and how to become it. Holds secrets: never print one, `nameOf` it. */
export type Identity =
  | KeyIdentity
  /** A RAM role, asked for by another identity. */
  | { readonly kind: "role"; readonly by: Identity; readonly role: Role; readonly place: string }
  /** A RAM role, asked for with the token of an identity provider. */
  | {
      readonly kind: "oidcRole";
      readonly role: Role;
      readonly providerArn: string;
      readonly token: { readonly file: string; readonly namedBy: string } | { readonly text: string };
      readonly place: string;
    }
  /** The role of the ECS instance that this runs on. */
  | { readonly kind: "ecsRole"; readonly roleName: string; readonly place: string }
  | { readonly kind: "uri"; readonly uri: string; readonly place: string }
  | { readonly kind: "cloudSso"; readonly login: CloudSsoLogin; readonly place: string }
  | { readonly kind: "external"; readonly command: string; readonly place: string }
  | { readonly kind: "oauth"; readonly profile: string; readonly place: string }
  /** A section of the SDKs' own shared file (INI). */
  | { readonly kind: "iniProfile"; readonly profile: string; readonly place: string }
  | { readonly kind: "defaultChain"; readonly place: string };

export interface KeyIdentity {
  readonly kind: "key";
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string | undefined;
  readonly place: string;
}

export interface Role {
  readonly arn: string;
  readonly sessionName: string;
  readonly durationSeconds: number | undefined;
  readonly policy?: string | undefined;
  readonly externalId?: string | undefined;
  /** Host (and port) of STS, asked over HTTPS only; that of the region when nobody names one. */
  readonly stsEndpoint?: string | undefined;
}

/** What `aliyun configure --mode CloudSSO` left in the file. */
export interface CloudSsoLogin {
  readonly signInUrl: string;
  readonly accountId: string;
  readonly accessConfig: string;
  readonly accessToken: string;
  readonly accessTokenExpire: number;
}

/** An identity in words, without a secret. */
export function nameOf(identity: Identity): string {
  switch (identity.kind) {
    case "key":
      return `the ${identity.securityToken ? "temporary key" : "key"} ${shortKeyId(identity.accessKeyId)} of ${identity.place}`;
    case "role":
      return `the role ${identity.role.arn} of ${identity.place}, asked for by ${nameOf(identity.by)}`;
    case "oidcRole":
      return `the role ${identity.role.arn} of ${identity.place}, asked for with an OIDC token`;
    case "ecsRole":
      return `the ECS role ${identity.roleName} of ${identity.place}`;
    case "uri":
      return `whoever the service of ${identity.place} (${withoutQuery(identity.uri)}) names`;
    case "cloudSso":
    case "external":
    case "oauth":
    case "iniProfile":
    case "defaultChain":
      return `whoever ${identity.place} stands for`;
  }
}

/** Who gives the credentials of an identity that has to be asked for, in words, without a secret. */
export function serviceOf(identity: Exclude<Identity, KeyIdentity>, stsEndpoint: string): string {
  switch (identity.kind) {
    case "role":
    case "oidcRole":
      return `STS at ${identity.role.stsEndpoint ?? stsEndpoint}`;
    case "ecsRole":
      return "the metadata service of the ECS instance";
    case "uri":
      return `the service at ${withoutQuery(identity.uri)}`;
    case "cloudSso":
      return `CloudSSO at ${withoutQuery(identity.login.signInUrl)}`;
    case "external":
      return `the command of ${identity.place}`;
    case "oauth":
    case "iniProfile":
    case "defaultChain":
      return identity.place;
  }
}

/** Enough of a key id to recognise it by. */
export function shortKeyId(id: string): string {
  return id.length > 12 ? `${id.slice(0, 4)}...${id.slice(-4)}` : `${id.slice(0, 2)}...`;
}

/** The query of such an address may hold a token of its own. */
function withoutQuery(uri: string): string {
  return uri.replace(/[?#].*$/s, "").replace(/\/\/[^/]*@/, "//");
}
