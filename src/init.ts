/** A file that `init` would write. */
export interface StarterFile {
  path: string;
  content: string;
}

interface System {
  name: string;
  /** Paths that show a repository uses it. */
  signs: string[];
  file: StarterFile;
}

/** The one of the repository's own `package.json`; `npx` alone would run whatever the registry has under the name. */
const RUN = "npx --no durable-guard test .";
const NEEDS =
  "# Needs durable-guard among the development dependencies of package.json: npm install --save-dev FILE.tgz";

const SETTINGS: StarterFile = {
  path: "durable-guard.yaml",
  content: `# yaml-language-server: $schema=node_modules/durable-guard/dist/settings.schema.json
# Settings of durable-guard; every one is optional.
#
# rules:
#   DUR003: warn          # deny, warn or off
# accounts: ["123456789012"]
# waivers:
#   - rule: DUR003
#     address: SharedRole
#     reason: shared by both Regions until the split
#     expires: 2027-03-31

# What an undecided deny rule counts as: fail, warn or ignore.
unknown: warn
`,
};

const SYSTEMS: System[] = [
  {
    name: "GitHub Actions",
    signs: [".github"],
    file: {
      path: ".github/workflows/durable-guard.yml",
      content: `${NEEDS}
name: durable-guard
on: [pull_request]
permissions:
  contents: read
jobs:
  durable-guard:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 20
      - run: npm ci
      - run: ${RUN} -o github
`,
    },
  },
  {
    name: "GitLab CI",
    signs: [".gitlab-ci.yml"],
    file: {
      path: ".gitlab/durable-guard.yml",
      content: `${NEEDS}
# Add to .gitlab-ci.yml:  include: {local: /.gitlab/durable-guard.yml}
durable-guard:
  image: node:20
  script:
    - npm ci
    - ${RUN} -o gitlab=gl-code-quality-report.json -o stdout
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
`,
    },
  },
  {
    name: "Azure Pipelines",
    signs: ["azure-pipelines.yml"],
    file: {
      path: "durable-guard.azure.yml",
      content: `${NEEDS}
# Add to the steps of azure-pipelines.yml:  - template: durable-guard.azure.yml
steps:
  - task: NodeTool@0
    inputs:
      versionSpec: "20.x"
  - script: npm ci
  - script: ${RUN} -o azuredevops
    displayName: durable-guard
`,
    },
  },
  {
    name: "pre-commit",
    signs: [".pre-commit-config.yaml"],
    file: {
      path: ".pre-commit-durable-guard.yaml",
      content: `${NEEDS}
# Add to the repos of .pre-commit-config.yaml:
- repo: local
  hooks:
    - id: durable-guard
      name: durable-guard
      entry: ${RUN}
      language: system
      pass_filenames: false
      files: \\.(ya?ml|json|template)$
`,
    },
  },
];

/** By one of these paths `init` knows a CI system. */
export const CI_SIGNS: readonly string[] = SYSTEMS.flatMap(({ signs }) => signs);

/**
 * What `init` writes into a repository: settings, and the step for each CI system it finds. `exists` tells whether a
 * path is there; what is there is never written again.
 */
export function starterFiles(exists: (path: string) => boolean): StarterFile[] {
  const found = SYSTEMS.filter(({ signs }) => signs.some(exists));
  return [SETTINGS, ...found.map(({ file }) => file)].filter(({ path }) => !exists(path));
}
