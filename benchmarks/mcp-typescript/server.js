// A server of the Model Context Protocol with one tool that does nothing: node server.js session|stateless PORT
// By the official TypeScript SDKs over node:http, with JSON responses and without authentication, limits or audit.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { McpServer as SessionServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

const [wire, port] = process.argv.slice(2);

function withTool(server) {
  server.registerTool(
    'none',
    { description: 'Does nothing.', inputSchema: z.object({}), outputSchema: z.object({ done: z.boolean() }) },
    async () => ({ content: [{ type: 'text', text: '{"done":true}' }], structuredContent: { done: true } }),
  );
  return server;
}

const sessions = new Map();

async function inSession(request, response) {
  let transport = sessions.get(request.headers['mcp-session-id']);
  if (!transport) {
    transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      enableJsonResponse: true,
      onsessioninitialized: (id) => sessions.set(id, transport),
    });
    await withTool(new SessionServer({ name: 'comparator', version: '1' })).connect(transport);
  }
  await transport.handleRequest(request, response);
}

const stateless = toNodeHandler(createMcpHandler(() => withTool(new McpServer({ name: 'comparator', version: '1' }))));

createServer(wire === 'session' ? inSession : stateless).listen(Number(port), '127.0.0.1');
