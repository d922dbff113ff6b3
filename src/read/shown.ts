/** A key as an error message shows it: quoted, control characters escaped, long ones cut. */
export function shown(key: string): string {
  const cut = key.length > 60 ? `${key.slice(0, 60)}…` : key;
  return JSON.stringify(cut).replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
