import { statSync } from "node:fs";
import { type ErrorCode, InputError } from "../errors";
import { isInside } from "../read/nearby";
import { shown } from "../read/shown";

/** What includes of a template may reach. */
export interface IncludeRules {
  /** The folder that included files lie in. */
  root: string;
  /** http and https are fetched. */
  remote: boolean;
  /** The environment that `Fn::GetEnv` reads; without it the function is refused. */
  environment: Readonly<Record<string, string | undefined>> | undefined;
}

/** Characters of one included file. CloudFormation takes templates up to 1 MB ("CloudFormation quotas"). */
export const MAX_INCLUDED_LENGTH = 4 * 1024 * 1024;

/** Files and URLs that are read for one template, each time they are included. */
export const MAX_INCLUDES = 1000;

/** Memory and time of one synthesis. */
export const MAX_MEGABYTES = 512;
export const MAX_MILLISECONDS = 20_000;

/** A refusal, before it is known where in the template it belongs. */
export class Refusal extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }

  /** The same as an error of a document. */
  at(...place: [file: string, position?: InputError["position"]]): InputError {
    return new InputError(this.code, this.message, ...place);
  }
}

/** Throws a Refusal unless the file is an ordinary one, inside the root, links followed, and not too large. */
export function admitFile(file: string, { root }: IncludeRules): void {
  if (!isInside(root, file)) {
    const what = `the include ${shown(file)} leads outside the folder that is read; --root names a wider one`;
    throw new Refusal("DG060", what);
  }
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new Refusal("DG061", `there is no file ${shown(file)} to include`);
  if (!found.isFile()) throw new Refusal("DG061", `${shown(file)} is no ordinary file`);
  if (found.size > MAX_INCLUDED_LENGTH) {
    throw new Refusal("DG064", `the included file ${shown(file)} is longer than ${MAX_INCLUDED_LENGTH} bytes`);
  }
}

/** Throws a Refusal for any URL when none is allowed. */
export function admitUrl(url: string, { remote }: IncludeRules): void {
  if (remote) return;
  throw new Refusal("DG062", `${shown(url)} is remote: allow it with --allow-remote-includes, or keep a copy`);
}

/** AWS is never called: what it answers today is not what is deployed tomorrow. */
export function refuseAws(): never {
  throw new Refusal("DG062", "includes from s3:// or of type api call AWS, which is never done: keep a copy in a file");
}

/** Throws a Refusal when the environment may not be read. */
export function admitEnvironment({ environment }: IncludeRules): void {
  if (environment === undefined) {
    throw new Refusal("DG063", "Fn::GetEnv reads the environment: allow it with --allow-env");
  }
}
