import { expect } from 'vitest';
import type { TestApp } from '../support/app.ts';

/** Sends tables of one kind to be imported, previews and applies them, as the person of `token`. */
export function importing<Preview extends { id: string }>(
  test: TestApp,
  kind: 'organisations' | 'people',
  token: Record<string, string>,
) {
  const send = (content: string | Uint8Array, headers: Record<string, string> = {}) =>
    test.app.inject({
      method: 'POST',
      url: `/api/${kind}/imports`,
      headers: { 'content-type': 'text/csv', ...token, ...headers },
      payload: Buffer.from(content),
    });
  const preview = async (content: string | Uint8Array): Promise<Preview> => {
    const answer = await send(content);
    expect(answer.statusCode, answer.body).toBe(201);
    return answer.json();
  };
  const apply = (id: string, body: object = {}) => test.send('PUT', `/api/${kind}/imports/${id}/application`, body, token);
  return { send, preview, apply };
}
