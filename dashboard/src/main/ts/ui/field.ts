import {keepsDigits} from '../core/exact';

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
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
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

/** Whether a value of this schema may be null, which clears it in a merge patch. */
export function nullable(schema: Schema): boolean {
  return schema.anyOf?.some(nullable) ?? (Array.isArray(schema.type) ? schema.type.includes('null') : schema.type === 'null');
}

/** The value that a control's text stands for; undefined for a field that is left out. */
export function parse(kind: FieldKind, text: string): unknown {
  if (text.trim() === '') {
    return undefined;
  }
  if ((kind === 'number' || kind === 'json') && !keepsDigits(text)) {
    throw new RangeError('has a number with more digits than can be sent from here. Call the API for it.');
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
