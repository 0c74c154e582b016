import {request} from '../core/api';
import type {Schema} from './field';

type Forms = Record<string, {summary: string; schema: Schema}>;

interface Reference extends Schema {
  $ref?: string;
}

interface Document {
  paths: Record<string, Record<string, {requestBody?: {content: Record<string, {schema: Reference}>}}>>;
  components: {schemas: Record<string, Reference>};
}

const DEEPEST = 6;

let live: Promise<Document> | null = null;

/** The body's schema of an operation: of the platform's out of the build, of a plugin's out of the live document. */
export async function bodySchema(operation: string): Promise<Schema> {
  const forms = (await import('#generated/forms.json')).default as unknown as Forms;
  return forms[operation]?.schema ?? pluginSchema(operation);
}

async function pluginSchema(operation: string): Promise<Schema> {
  live ??= request('GET', '/api/openapi') as Promise<Document>;
  const document = await live;
  const [method = '', path = ''] = operation.split(' ', 2);
  const schema = document.paths[path]?.[method.toLowerCase()]?.requestBody?.content['application/json']?.schema;
  return schema === undefined ? {type: 'object', properties: {}} : resolve(document, schema, 0);
}

function resolve(document: Document, schema: Reference, depth: number): Schema {
  if (schema.$ref !== undefined) {
    const target = document.components.schemas[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)];
    return target === undefined || depth > DEEPEST ? {} : resolve(document, target, depth + 1);
  }
  const resolved: Schema = {...schema};
  if (schema.properties !== undefined) {
    resolved.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, each]) => [name, resolve(document, each as Reference, depth + 1)]),
    );
  }
  if (schema.items !== undefined) {
    resolved.items = resolve(document, schema.items as Reference, depth + 1);
  }
  return resolved;
}
