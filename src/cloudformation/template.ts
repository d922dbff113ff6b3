/** A CloudFormation template with short tags written long (`{"Fn::Sub": …}`) and a way back to its source. */
export interface Template {
  /** The document it came from, as given by the user. */
  file: string;
  body: Record<string, unknown>;
  /**
   * Where parts that no author wrote come from: JSON pointer in `body` to `at` in a source document. A pointer without
   * an entry takes that of its nearest ancestor with one; without any, it stands in `file` under the same pointer.
   */
  origins: ReadonlyMap<string, string>;
}

/** The `at` of a JSON pointer into the template's body: `file#/pointer`, led back to what an author wrote. */
export function locate(template: Template, pointer: string): string {
  // Most templates are as they were written, and a pointer may have a thousand ancestors.
  for (let end = template.origins.size === 0 ? 0 : pointer.length; end > 0; end = pointer.lastIndexOf("/", end - 1)) {
    const origin = template.origins.get(pointer.slice(0, end));
    if (origin !== undefined) return origin;
  }
  return `${template.file}#${pointer}`;
}
