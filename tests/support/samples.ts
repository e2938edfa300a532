/** A JSON Schema as our OpenAPI document has them. */
export interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  format?: string;
  pattern?: string;
  minItems?: number;
  minimum?: number;
  minLength?: number;
  default?: unknown;
}

export interface Operation {
  method: string;
  /** As OpenAPI writes it: `/api/events/{slug}`. */
  path: string;
  body?: Schema;
  query: { name: string; schema: Schema; required: boolean }[];
  params: string[];
}

/** The operations of an OpenAPI 3 document. */
export function operationsOf(document: unknown): Operation[] {
  const { paths } = document as { paths: Record<string, Record<string, RawOperation>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      body: operation.requestBody?.content?.['application/json']?.schema,
      query: (operation.parameters ?? [])
        .filter((parameter) => parameter.in === 'query')
        .map(({ name, schema = {}, required = false }) => ({ name, schema, required })),
      params: [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? ''),
    })),
  );
}

interface RawOperation {
  requestBody?: { content?: Record<string, { schema?: Schema }> };
  parameters?: { name: string; in: string; schema?: Schema; required?: boolean }[];
}

/** The least that a schema accepts, as far as a schema says: what is required, each with a plain value. */
export function sample(schema: Schema | undefined): unknown {
  if (!schema) return undefined;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return sample(choice.find((one) => one.type !== 'null') ?? choice[0]);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => sample(part) as object));
  switch ([schema.type].flat()[0]) {
    case 'object':
      return Object.fromEntries((schema.required ?? []).map((name) => [name, sample(schema.properties?.[name])]));
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items));
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return true;
    default:
      return text(schema);
  }
}

function text({ format, pattern }: Schema): string {
  if (format === 'uuid') return '01890000-0000-7000-8000-000000000000';
  if (format === 'email') return 'somebody@example.org';
  if (format === 'uri') return 'https://example.org/';
  if (pattern?.includes('\\d{4}')) return '2027-01-01';
  return 'sample';
}
