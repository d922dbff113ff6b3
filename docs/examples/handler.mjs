import { createServer } from "node:http";
import { check } from "durable-guard";

/** Answers a posted template with its findings. */
export const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { files, errors } = check([{ file: "posted", content: Buffer.concat(chunks) }], {
    today: new Date().toISOString().slice(0, 10),
  });
  const findings = files.flatMap((file) => file.findings);
  response.writeHead(errors.length > 0 ? 422 : 200, { "content-type": "application/json" });
  response.end(JSON.stringify({ findings, errors: errors.map((error) => error.line) }));
});
