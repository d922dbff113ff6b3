import type { Draft, FunctionDraft, Mention } from "./draft";
import { isSecretName, type Suspicion, suspect, suspectText } from "./secrets";
import { hole, pieces, soleHole } from "./text";
import type { LambdaFunction, Parameter, Secret, Value, Variable } from "./types";

/** Stands where a secret stood. */
export const HIDDEN = { unknown: "not shown" };

/**
 * Keeps what secrets say out of the inventory: every value that seems to be one, or has the name of one, is hidden here,
 * before a rule or a report can see it. What remains is where it stood and what it seemed to be. Code written into the
 * template does not enter the inventory at all.
 */
export function concealed(
  declared: FunctionDraft,
  parameters: Draft["parameters"],
): Pick<LambdaFunction, "environment" | "secrets" | "description"> {
  const hidden = parameters.filter(({ secret }) => secret);
  const secretHoles = new Set(hidden.flatMap(({ name, address }) => [hole(name), hole(address)]));
  const variables = declared.environment.map((variable) => {
    const source = holdsAny(variable.value, secretHoles) ? "secret parameter" : variable.source;
    return { variable: { ...variable, source }, suspicion: suspect(variable.name, variable.value, source) };
  });
  const { description, inlineCode } = declared;
  const described = secretsIn(description, "description");
  return {
    environment: variables.map(({ variable, suspicion }) => ({
      ...variable,
      value: suspicion === undefined ? shown(variable) : HIDDEN,
    })),
    secrets: [
      ...variables.flatMap(({ variable: { at, name }, suspicion }) => secrets(suspicion, at, "environment", name)),
      ...secretsIn(inlineCode, "code"),
      ...described,
    ],
    ...(description && { description: described.length > 0 ? HIDDEN : description.text }),
  };
}

/** The same for a parameter and its default or given value. */
export function concealedParameter({ value, ...parameter }: Draft["parameters"][number]): Parameter {
  if (value === undefined) return { ...parameter, secrets: [] };
  const suspicion = suspect(parameter.name, value, "literal");
  const hide = parameter.secret || suspicion !== undefined || isSecretName(parameter.name);
  return {
    ...parameter,
    value: hide ? HIDDEN : value,
    secrets: secrets(suspicion, parameter.at, "parameter", parameter.name),
  };
}

function shown({ name, value, source }: Variable): Value<string> {
  if (source === "secret parameter") return HIDDEN;
  // A reference and nothing else says where the secret is, not what it is.
  return isSecretName(name) && soleHole(value.known ?? "") === undefined ? HIDDEN : value;
}

function secretsIn(mention: Mention | undefined, place: Secret["place"]): Secret[] {
  const text = mention?.text.known;
  if (mention === undefined || text === undefined) return [];
  return suspectText(text).flatMap((suspicion) => secrets(suspicion, mention.at, place, ""));
}

function secrets(suspicion: Suspicion | undefined, at: string, place: Secret["place"], name: string): Secret[] {
  return suspicion === undefined ? [] : [{ at, place, name, ...suspicion }];
}

function holdsAny({ known }: Value<string>, holes: ReadonlySet<string>): boolean {
  return known !== undefined && pieces(known).some((piece) => piece.hole && holes.has(piece.text));
}
