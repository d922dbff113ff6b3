/**
 * What a document may cost. A file beyond a limit is refused with its code and the limit; nothing is cut short.
 */

/** UTF-16 units of a JSON text. V8 holds strings up to 2^29; Terraform plans of large accounts run to about 60 MB. */
export const MAX_JSON_LENGTH = 256 * 1024 * 1024;

/**
 * UTF-16 units of a YAML text, aliases and merge keys counted as if written out. CloudFormation takes templates up to
 * 1 MB ("CloudFormation quotas"); the worst YAML of this length takes about 0.7 GB and 4 s to read.
 */
export const MAX_YAML_LENGTH = 4 * 1024 * 1024;

/**
 * Nesting of mappings and lists. A Terraform plan nests two per module; everything that walks a document may recurse.
 */
export const MAX_DEPTH = 1000;

/** Bytes of a Terraform file; the worst HCL of this length takes about 3 s to parse. */
export const MAX_HCL_LENGTH = 1024 * 1024;
