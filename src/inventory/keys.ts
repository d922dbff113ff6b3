import { keyArn } from "./canonical";
import type { Draft, Mention } from "./draft";
import { compilePattern, compileText } from "./pattern";
import { readPolicyDocument } from "./policy-document";
import { hole } from "./text";
import type { Key, KeyReference, Value } from "./types";

/** Joins mentions of KMS keys (ARN, id, alias name, alias ARN) to declared keys. */
export class KeyJoin {
  readonly keys: Key[];
  private readonly byText = new Map<string, Key>();
  private readonly draft: Draft;

  constructor(draft: Draft) {
    this.draft = draft;
    this.keys = draft.keys.map(({ id, policy, arn, ...declared }) => {
      const read = policy && readPolicyDocument(policy, declared.address, draft.identities);
      const key: Key = {
        ...declared,
        arn: compileText(arn, draft.identities),
        aliases: [],
        statements: read?.statements ?? [],
        ...(read?.unread === undefined ? {} : { unread: read.unread }),
        defaultPolicy: policy === undefined,
        grants: [],
        usedBy: [],
      };
      this.byText.set(arn, key);
      this.byText.set(id, key);
      return key;
    });
    for (const alias of draft.keyAliases) this.addAlias(alias.name, alias.key);
    for (const grant of draft.grants) {
      const { key, grantee, ...rest } = grant;
      const text = grantee.known ?? hole(grantee.unknown ?? "unknown");
      this.find(key)?.grants.push({ ...rest, grantee: compilePattern(text, draft.identities) });
    }
  }

  /** The declared key a text means. */
  find(text: Value<string>): Key | undefined {
    return text.known === undefined ? undefined : this.byText.get(withoutAliasArn(text.known));
  }

  /** A mention with the ARN that actions on the key are authorised on: the key's, never the alias's. */
  refer(mention: Mention): KeyReference {
    const key = this.find(mention.text);
    const text = mention.text.known ?? hole(mention.text.unknown ?? "unknown");
    const isKeyArn = /^arn:[^:]*:kms:.*:key\//.test(text);
    const arn = isKeyArn ? text : keyArn(this.draft.deployment, isKeyId(text) ? text : hole(text));
    return {
      ...mention,
      arn: key?.arn ?? compileText(arn, this.draft.identities),
      ...(key === undefined ? {} : { key: key.address }),
    };
  }

  private addAlias(name: Value<string>, key: Value<string>): void {
    const target = this.find(key);
    if (target === undefined || name.known === undefined) return;
    target.aliases.push(name.known);
    this.byText.set(name.known, target);
  }
}

/** True for text that can only be a mention of a KMS key: ARN of a key or alias, or an alias name. */
export function mentionsKey(text: string): boolean {
  return /^arn:[^:]*:kms:.*:(?:key|alias)\//.test(text) || /^alias\/[\w/-]+$/.test(text);
}

function isKeyId(text: string): boolean {
  return /^(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(text);
}

/** `arn:…:kms:…:alias/x` means the same as `alias/x`. */
function withoutAliasArn(text: string): string {
  return /^arn:[^:]*:kms:.*:(alias\/.+)$/.exec(text)?.[1] ?? text;
}
