import { relative, resolve } from "node:path";
import picomatch from "picomatch";
import type { Settings } from "../inventory/types";
import { findRule, type Level } from "../judge/catalogue";
import { DEFAULT_SETTINGS } from "./defaults";
import type { SettingsFile } from "./file";

/** The parameters of the rules: what the file says, else the defaults. */
export function ruleParameters(file: SettingsFile): Settings {
  const { leastPrivilege, wildcards, audit, accounts, sensitiveTags, serdesKeys, deployers, durableRuntimes } = file;
  const given = { leastPrivilege, wildcards, audit, accounts, sensitiveTags, serdesKeys, deployers, durableRuntimes };
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...DEFAULT_SETTINGS, ...Object.fromEntries(set) };
}

/**
 * Levels of rules for one file: those of the settings, then of each override whose paths match, in order. `folder` is
 * where the settings file lies. Former ids of a rule count as its id.
 */
export function levelsFor(settings: SettingsFile, folder: string, file: string): Record<string, Level> {
  const levels: Record<string, Level> = {};
  const add = (rules: Record<string, Level>) => {
    for (const [id, level] of Object.entries(rules)) levels[findRule(id)?.id ?? id] = level;
  };
  add(settings.rules ?? {});
  for (const { paths, rules } of settings.overrides ?? []) {
    if (pathMatches(paths, folder, file)) add(rules);
  }
  return levels;
}

/** True when the file's path, seen from the folder, matches one of the patterns. */
export function pathMatches(patterns: readonly string[], folder: string, file: string): boolean {
  const path = relative(resolve(folder), resolve(file)).replaceAll("\\", "/");
  return patterns.some((pattern) => picomatch.isMatch(path, pattern.replace(/^\.\//, ""), { dot: true }));
}
