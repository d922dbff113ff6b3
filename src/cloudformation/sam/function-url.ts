import type { Expansion, Generated, SamResource } from "./expansion";
import type { Target } from "./target";
import { type Fields, given, isIntrinsic, mapOf } from "./values";

/** FunctionUrlConfig: the URL and, when it is public, the two permissions Lambda asks for. */
export function functionUrl(sam: SamResource, runs: Target, expansion: Expansion): Generated[] {
  const { sources } = expansion;
  const config = mapOf(sam.properties["FunctionUrlConfig"], "FunctionUrlConfig");
  const pointer = sources.of(sam.properties, "FunctionUrlConfig");
  const properties: Fields = { TargetFunctionArn: runs.name };
  sources.moveAll(config, ["AuthType", "InvokeMode"], properties);
  if (given(config["Cors"])) sources.move(config, "Cors", properties);
  const url = expansion.generate(`${sam.id}Url`, "AWS::Lambda::Url", properties, sam.attributes, pointer);
  if (config["AuthType"] !== "NONE" || isIntrinsic(config)) return [url];
  const permission = (id: string, what: Fields) => {
    const granted = { FunctionName: runs.name, Principal: "*", ...what };
    return expansion.generate(id, "AWS::Lambda::Permission", granted, sam.attributes, pointer);
  };
  return [
    url,
    permission(`${sam.id}UrlPublicPermissions`, {
      Action: "lambda:InvokeFunctionUrl",
      FunctionUrlAuthType: "NONE",
    }),
    permission(`${sam.id}URLInvokeAllowPublicAccess`, {
      Action: "lambda:InvokeFunction",
      InvokedViaFunctionUrl: true,
    }),
  ];
}
