import type { FastifyRequest } from 'fastify';
import qs from 'qs';
import type { FieldError } from '../errors.ts';
import { FileRefused, storeFile } from '../forms/uploads.ts';
import { posted } from '../http/forms.ts';
import { MATERIAL_RULE } from './files.ts';

type Values = Record<string, unknown>;

/**
 * The body of a form with files among its materials, as fastify parsed it or from multipart. Each file is stored and stands in
 * `list` with its own name as title; those that were refused are `problems`.
 */
export async function readSessionForm(
  request: FastifyRequest,
  list: 'materials' | 'documents' = 'materials',
): Promise<{ body: Values; problems: FieldError[] }> {
  if (!request.isMultipart()) return { body: posted(request), problems: [] };
  const { system } = request.server;
  const fields: [string, string][] = [];
  const files: { title: string; fileId: string }[] = [];
  const problems: FieldError[] = [];
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      fields.push([part.fieldname, typeof part.value === 'string' ? part.value : '']);
      continue;
    }
    try {
      if (part.filename) {
        const stored = {
          name: part.filename,
          rule: MATERIAL_RULE,
          uploadedBy: request.viewer?.personId ?? null,
          now: system.clock(),
        };
        files.push({ title: part.filename.slice(0, 200), fileId: await storeFile(system, part.file, stored) });
      }
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      problems.push({ path: 'files', code: error.code === 'file-size' ? 'fileSize' : 'fileKind' });
    } finally {
      // Every part has to be read to its end, or the request never ends.
      part.file.resume();
    }
  }
  const body: Values = qs.parse(new URLSearchParams(fields).toString(), { depth: 8, parameterLimit: 20_000, arrayLimit: 5_000 });
  return { body: { ...body, [list]: [...rows(body[list]), ...files] }, problems };
}

/** Without the rows that nobody wrote in: an emptied name takes a speaker away, an emptied title a material. */
export function withoutEmptyRows(body: Values): Values {
  const filled = (name: string) => (row: Values) => typeof row[name] === 'string' && row[name].trim() !== '';
  const linked = (list: unknown) => rows(list).filter((row) => filled('title')(row) || filled('url')(row));
  return {
    ...body,
    speakers: rows(body.speakers).filter((row) => filled('name')(row) || filled('email')(row)),
    materials: linked(body.materials),
    documents: linked(body.documents),
  };
}

const rows = (value: unknown): Values[] =>
  Array.isArray(value) ? value.filter((row): row is Values => typeof row === 'object' && row !== null) : [];
