import { expect, test } from "vitest";
import { readInlineCode } from "../../src/inventory/inline-code";

const read = (known: string) => {
  const { writesTmp, cleansTmp } = readInlineCode({ at: "t.yaml#/code", text: { known } });
  return [writesTmp.known, cleansTmp.known];
};

test.each([
  ["open for writing", "with open('/tmp/report.csv', 'w') as f: f.write(x)", false],
  ["download", 's3.download_file(bucket, key, "/tmp/in.zip")', false],
  ["archive", 'zipfile.ZipFile("in.zip").extractall("/tmp")', false],
  ["Node.js", "fs.writeFileSync('/tmp/a.json', body)", false],
  ["Node.js's own name", "const p = path.join(os.tmpdir(), 'a'); fs.createWriteStream(p)", false],
  ["named temporary file that is kept", "f = tempfile.NamedTemporaryFile(delete=False)", false],
  ["temporary directory that is kept", "d = tempfile.mkdtemp(); os.makedirs(d + '/x')", false],
  ["shell", "subprocess.run(['sh', '-c', 'curl -o x https://example.com'], cwd='/tmp')", false],
  ["removed", "s3.download_file(b, k, '/tmp/in')\nos.remove('/tmp/in')", true],
  ["tree removed", "os.makedirs('/tmp/w')\nshutil.rmtree('/tmp/w')", true],
  ["removed in Node.js", "await fs.writeFile('/tmp/a', b); await fs.unlink('/tmp/a')", true],
  ["removed by the shell", "os.system('wget -P x y'); os.chdir('/tmp'); os.system('rm -rf /tmp/x')", true],
  ["goes by itself", "with tempfile.TemporaryDirectory() as d: zip.extractall(d)", true],
])("writes to /tmp: %s", (_, code, cleans) => {
  expect(read(code)).toEqual([true, cleans]);
});

test.each([
  ["nothing of it", "def handler(event, context): return 'ok'"],
  ["reads only", "with open('/tmp/cache.json') as f: return json.load(f)"],
  ["another folder", "with open('/tmpl/a', 'w') as f: pass"],
  ["writes elsewhere", "table.put_item(Item=item); s3.put_object(Bucket=b, Key='/tmp')"],
])("does not write to /tmp: %s", (_, code) => {
  expect(read(code)[0]).toBe(false);
});

test("code that is not known says nothing", () => {
  expect(readInlineCode({ at: "t.yaml#/code", text: { unknown: "Fn::Transform" } })).toEqual({
    at: "t.yaml#/code",
    writesTmp: { unknown: "Fn::Transform" },
    cleansTmp: { unknown: "Fn::Transform" },
  });
});
