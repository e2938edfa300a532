import 'temporal-polyfill/global';
import { runAfterFile } from './after-file.ts';
import { stayOnThisMachine } from './loopback.ts';

// Nothing of the machine's own settings may reach a test: not a real mail server, not a real database.
const SETTINGS =
  'DATABASE_URL REDIS_URL SMTP_URL S3_URL PUBLIC_URL SECRET DATA_DIR HOST PORT TRUST_PROXY LOG_LEVEL MAIL_FROM DKIM_KEY DKIM_SELECTOR MAIL_CONNECTIONS MAIL_PER_MINUTE INBOUND_URL REPLY_DOMAIN INSTALLATION_NAME DEFAULT_ZONE DATABASE_CONNECTIONS';
// But whoever says REDIS_URL=… npm test means the tests of the queue to run there.
process.env.TEST_REDIS_URL ??= process.env.REDIS_URL ?? '';
for (const name of SETTINGS.split(' ')) delete process.env[name];

stayOnThisMachine([process.env.TEST_REDIS_URL || undefined, process.env.TEST_DATABASE_URL || undefined]);
runAfterFile();
