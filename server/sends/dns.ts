import { createPublicKey } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import type { Config } from '../config.ts';
import { domainIn } from './rules.ts';

/** What the domain that we send from must say of us, so that providers take our mail. */
export type Saying = 'spf' | 'dkim' | 'dmarc' | 'inbound';

export interface Finding {
  saying: Saying;
  /** The name that was asked for. */
  name: string;
  state: 'good' | 'missing' | 'wrong' | 'unset' | 'unknown';
  /** What stands there. */
  found: string | null;
  /** What should stand there, ready to be copied; null where only the operator can know it. */
  wanted: string | null;
}

/** Texts by name and type; null where nobody could be asked. */
export type Lookup = (name: string, type: 'TXT' | 'MX') => Promise<string[] | null>;

/** Asks and judges: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489), and where mail for the reply domain goes. */
export async function dnsFindings(config: Pick<Config, 'mailFrom' | 'dkim' | 'replyDomain'>, lookup: Lookup): Promise<Finding[]> {
  const domain = domainIn(config.mailFrom);
  const { dkim, replyDomain } = config;
  const dkimName = dkim ? `${dkim.selector}._domainkey.${dkim.domain}` : `_domainkey.${domain}`;
  const [spf, key, dmarc, mx] = await Promise.all([
    lookup(domain, 'TXT'),
    dkim ? lookup(dkimName, 'TXT') : [],
    lookup(`_dmarc.${domain}`, 'TXT'),
    replyDomain ? lookup(replyDomain, 'MX') : [],
  ]);
  return [
    judgeSpf(domain, spf),
    judgeDkim(dkimName, dkim, key),
    judgeDmarc(`_dmarc.${domain}`, dmarc),
    judgeInbound(replyDomain, mx),
  ];
}

function judgeSpf(name: string, records: string[] | null): Finding {
  const all = records?.filter((text) => /^v=spf1(\s|$)/i.test(text)) ?? [];
  const [found = null] = all;
  // Two of them are none at all (RFC 7208 §4.5), and one that lets everybody in says nothing.
  const state = records === null ? 'unknown' : !found ? 'missing' : all.length > 1 || /\+all\b/i.test(found) ? 'wrong' : 'good';
  return { saying: 'spf', name, state, found: all.join(' | ') || null, wanted: found ? null : 'v=spf1 a mx -all' };
}

function judgeDkim(name: string, dkim: Config['dkim'], records: string[] | null): Finding {
  if (!dkim) return { saying: 'dkim', name, state: 'unset', found: null, wanted: null };
  const key = createPublicKey(dkim.privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  const wanted = `v=DKIM1; k=${createPublicKey(dkim.privateKey).asymmetricKeyType === 'ed25519' ? 'ed25519' : 'rsa'}; p=${key}`;
  const found = records?.find((text) => /(^|;)\s*p=/i.test(text)) ?? null;
  const state =
    records === null ? 'unknown' : !found ? 'missing' : found.replace(/\s/g, '').includes(`p=${key}`) ? 'good' : 'wrong';
  return { saying: 'dkim', name, state, found, wanted: state === 'good' ? null : wanted };
}

function judgeDmarc(name: string, records: string[] | null): Finding {
  const found = records?.find((text) => /^v=DMARC1\s*;/i.test(text)) ?? null;
  const good = found !== null && /;\s*p=\s*(none|quarantine|reject)\b/i.test(found);
  const state = records === null ? 'unknown' : !found ? 'missing' : good ? 'good' : 'wrong';
  return { saying: 'dmarc', name, state, found, wanted: good ? null : 'v=DMARC1; p=none; adkim=s; aspf=r' };
}

function judgeInbound(name: string | undefined, records: string[] | null): Finding {
  if (!name) return { saying: 'inbound', name: '', state: 'unset', found: null, wanted: null };
  const state = records === null ? 'unknown' : records.length === 0 ? 'missing' : 'good';
  return { saying: 'inbound', name, state, found: records?.join(', ') || null, wanted: null };
}

const PATIENCE = 3000;

/** The name servers of this machine. */
export const askNameServers: Lookup = async (name, type) => {
  const resolver = new Resolver({ timeout: PATIENCE, tries: 1 });
  try {
    return type === 'TXT'
      ? (await resolver.resolveTxt(name)).map((parts) => parts.join(''))
      : (await resolver.resolveMx(name)).map(({ exchange }) => exchange);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    return code === 'ENODATA' || code === 'ENOTFOUND' ? [] : null;
  }
};
