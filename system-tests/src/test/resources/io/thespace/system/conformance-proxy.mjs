// Lets the conformance suite, which has no token, call the server: adds the token, and gives a plugin's tools, prompts and
// resources, and an argument, the names that the suite calls. Everything else goes through as it is, streams as they come.
// Usage: TOKEN=… node conformance-proxy.mjs PORT   (prints its own port)
import http from "node:http";

const PREFIX = "failing_plugin-";
const RESOURCES = "space:///api/plugins/failing_plugin/";
const target = Number(process.argv[2]);

const toServer = (text) =>
  text.replaceAll("test://", RESOURCES).replaceAll('"test_', `"${PREFIX}test_`).replaceAll('"resourceUri"', '"resource_uri"');
const toSuite = (text) =>
  text.replaceAll(RESOURCES, "test://").replaceAll(`"${PREFIX}test_`, '"test_').replaceAll('"resource_uri"', '"resourceUri"');

// A chunk may end within a name: what follows the last line break or quote waits for the next chunk.
function renamed(response, out) {
  let rest = "";
  response.setEncoding("utf8");
  response.on("data", (chunk) => {
    const text = rest + chunk;
    const end = Math.max(text.lastIndexOf("\n"), text.lastIndexOf("}")) + 1;
    rest = text.slice(end);
    out.write(toSuite(text.slice(0, end)));
  });
  response.on("end", () => out.end(toSuite(rest)));
}

const server = http.createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = toServer(Buffer.concat(chunks).toString("utf8"));
  const headers = { ...request.headers, authorization: `Bearer ${process.env.TOKEN}` };
  delete headers["content-length"];
  delete headers["transfer-encoding"];
  if (body.length > 0) headers["content-length"] = Buffer.byteLength(body);
  const name = headers["mcp-name"];
  if (name) headers["mcp-name"] = name.startsWith("test_") ? PREFIX + name : name.replace("test://", RESOURCES);
  const upstream = http.request({ host: "127.0.0.1", port: target, method: request.method, path: request.url, headers });
  upstream.on("response", (answer) => {
    const kept = { ...answer.headers };
    delete kept["content-length"];
    delete kept["transfer-encoding"];
    response.writeHead(answer.statusCode, kept);
    response.flushHeaders();
    renamed(answer, response);
  });
  upstream.on("error", () => response.destroy());
  response.on("close", () => upstream.destroy());
  upstream.end(body);
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
