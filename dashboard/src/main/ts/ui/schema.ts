import {request} from '../core/api';

/** The part of JSON Schema that the OpenAPI documents use. */
export interface Schema {
  type?: string | string[];
  enum?: string[];
  format?: string;
  description?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  writeOnly?: boolean;
  required?: string[];
  items?: Schema;
  properties?: Record<string, Schema>;
}

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

export type FieldKind = 'text' | 'long' | 'secret' | 'number' | 'boolean' | 'choice' | 'choices' | 'lines' | 'json';

const LONG_TEXT = 400;

/** Which control edits a value of this schema. */
export function kindOf(name: string, schema: Schema): FieldKind {
  const types = Array.isArray(schema.type) ? schema.type.filter((each) => each !== 'null') : [schema.type];
  if (schema.enum !== undefined) {
    return 'choice';
  }
  switch (types[0]) {
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'array':
      return schema.items?.enum !== undefined ? 'choices' : schema.items?.type === 'string' ? 'lines' : 'json';
    case 'string':
      if (schema.writeOnly === true || name.endsWith('api_key') || name === 'password') {
        return 'secret';
      }
      return (schema.maxLength ?? 0) > LONG_TEXT && name !== 'url' && name !== 'base_url' ? 'long' : 'text';
    default:
      return 'json';
  }
}

/** The value that a control's text stands for; undefined for a field that is left out. */
export function parse(kind: FieldKind, text: string): unknown {
  if (text.trim() === '') {
    return undefined;
  }
  switch (kind) {
    case 'number':
      return Number(text);
    case 'boolean':
      return text === 'true';
    case 'lines':
    case 'choices':
      return text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    case 'json':
      return JSON.parse(text) as unknown;
    default:
      return text;
  }
}

/** The text that stands for a value in its control. */
export function unparse(kind: FieldKind, value: unknown): string {
  if (value === undefined || value === null) {
    return '';
  }
  if (Array.isArray(value) && (kind === 'lines' || kind === 'choices')) {
    return value.join('\n');
  }
  return kind === 'json' ? JSON.stringify(value, null, 2) : String(value);
}
