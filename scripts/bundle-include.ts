/**
 * Bundles cfn-include into one file, with all it reaches the outside with replaced by `src/include/outside.ts`: 101 MB
 * of AWS SDK stay out, and what it may read is for us to say. Takes the file to write and one for esbuild's metafile.
 */
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";

const OUTSIDE = resolve("src/include/outside.ts");
const REPLACED = /^(?:fs|https?|js-yaml|jsmin|aws-sdk-proxy)$/;

const [outfile = "dist/cfn-include.cjs", meta = "build/meta/cfn-include.json"] = process.argv.slice(2);

const { metafile } = await build({
  metafile: true,
  entryPoints: [resolve("src/include/chunk.ts")],
  outfile,
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

writeFileSync(meta, JSON.stringify(metafile));
