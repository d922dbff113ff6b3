/** The files that are more than a year old on `today` (`YYYY-MM-DD`), or do not say how old they are. */
export function outdated(files: { name: string; date: unknown }[], today: string): { name: string; date: string }[] {
  const limit = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`;
  return files.flatMap(({ name, date }) => {
    const known = typeof date === "string" && /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : undefined;
    return known !== undefined && known >= limit ? [] : [{ name, date: known ?? "an unknown date" }];
  });
}
