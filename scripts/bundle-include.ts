/**
 * Bundles cfn-include into one file, with all it reaches the outside with replaced by `src/include/outside.ts`: 101 MB
 * of AWS SDK stay out, and what it may read is for us to say.
 */
import { join, resolve } from "node:path";
import { build } from "esbuild";

const OUTSIDE = resolve("src/include/outside.ts");
const REPLACED = /^(?:fs|https?|js-yaml|jsmin|aws-sdk-proxy)$/;

await build({
  entryPoints: [resolve("src/include/chunk.ts")],
  outfile: process.argv[2] ?? "dist/cfn-include.cjs",
  bundle: true,
  minify: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  logLevel: "warning",
  inject: [resolve("src/include/environment.ts")],
  define: { "process.env": "environmentOfIncludes" },
  plugins: [
    {
      name: "outside",
      setup({ onResolve }) {
        onResolve({ filter: REPLACED }, ({ importer }) =>
          importer.includes(join("node_modules", "cfn-include")) ? { path: OUTSIDE } : undefined,
        );
      },
    },
  ],
});
