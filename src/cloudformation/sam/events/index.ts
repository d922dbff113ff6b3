import { isMap } from "../../../inventory/part";
import type { Expansion, Generated, SamResource } from "../expansion";
import type { Role } from "../role";
import type { Target } from "../target";
import { CannotExpand } from "../values";
import { apiEvent } from "./api";
import { cognitoEvent } from "./cognito";
import { eventsOf, type SamEvent } from "./event";
import { httpApiEvent } from "./http-api";
import { pullEvent, pulls } from "./pull";
import { functionRule } from "./rule";
import { s3Event } from "./s3";
import { schedule } from "./schedule";
import { alexaEvent, iotEvent, logsEvent } from "./small";
import { snsEvent } from "./sns";

/** Expands the events of a function; what they need is added to the role SAM makes for it. */
export function expandEvents(sam: SamResource, runs: Target, role: Role, expansion: Expansion): Generated[] {
  // The order AWS's translator takes them in: by path, or by name.
  const events = eventsOf(sam, expansion)
    .map((event) => ({ event, order: orderOf(event) }))
    .sort((one, other) => (one.order < other.order ? -1 : one.order > other.order ? 1 : 0));
  return events.flatMap(({ event }) => expandEvent(event, runs, role, expansion));
}

function orderOf(event: SamEvent): string {
  const path = isMap(event.properties) ? event.properties["Path"] : undefined;
  return typeof path === "string" ? path : event.name;
}

function expandEvent(event: SamEvent, runs: Target, role: Role, expansion: Expansion): Generated[] {
  if (pulls(event)) return pullEvent(event, runs, role, expansion);
  switch (event.type) {
    case "AlexaSkill":
      return alexaEvent(event, runs, expansion);
    case "Api":
      return apiEvent(event, runs, expansion);
    case "CloudWatchEvent":
    case "EventBridgeRule":
    case "Schedule":
      return functionRule(event, runs, expansion);
    case "CloudWatchLogs":
      return logsEvent(event, runs, expansion);
    case "Cognito":
      return cognitoEvent(event, runs, expansion);
    case "HttpApi":
      return httpApiEvent(event, runs, expansion);
    case "IoTRule":
      return iotEvent(event, runs, expansion);
    case "S3":
      return s3Event(event, runs, expansion);
    case "ScheduleV2":
      return schedule(event, runs, "lambda:InvokeFunction", expansion);
    case "SNS":
      return snsEvent(event, runs, role, expansion);
    default:
      throw new CannotExpand(`${event.name} has a type that is not known`);
  }
}
