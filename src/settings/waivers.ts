import type { LocatedFinding, Waiver } from "../findings/types";
import type { Document } from "../read/document";
import { parted } from "../read/pointer";
import { addressMatches } from "../waive/waiver";
import { pathMatches } from "./apply";
import type { SettingsFile } from "./file";

/** The file it stands in, and the one that was judged: a plan, where its source is given. */
function filesOf({ location, at }: LocatedFinding): string[] {
  return [location.file, parted(at)?.file].filter((file) => file !== undefined);
}

/** The waivers of a settings file; `folder` is where it lies. */
export function settingsWaivers(settings: SettingsFile, document: Document, folder: string): Waiver[] {
  return (settings.waivers ?? []).map(({ rule, address, file, reason, expires, owner }, index) => ({
    rule,
    reason,
    expires,
    ...(owner === undefined ? {} : { owner }),
    location: { file: document.file, ...document.locate(`/waivers/${index}`) },
    ...(file === undefined ? {} : { about: (judged: string) => pathMatches([file], folder, judged) }),
    covers: (finding) =>
      (address === undefined || addressMatches(address, finding.address)) &&
      (file === undefined || filesOf(finding).some((one) => pathMatches([file], folder, one))),
  }));
}
