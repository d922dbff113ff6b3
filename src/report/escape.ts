/**
 * Text from an input, fit for a terminal: control characters, bidirectional controls and other invisible ones are
 * written as `\u{…}`, so that no name can move the cursor, colour the line or reorder it.
 */
export function forTerminal(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
