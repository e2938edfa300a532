import 'temporal-polyfill/global';
import { runAfterFile } from './after-file.ts';

// Nothing of the machine's own settings may reach a test: not a real mail server, not a real database.
const OURS = [
  ...['DATABASE_URL', 'REDIS_URL', 'SMTP_URL', 'S3_URL', 'PUBLIC_URL', 'SECRET', 'DATA_DIR', 'HOST', 'PORT', 'TRUST_PROXY'],
  ...['LOG_LEVEL', 'MAIL_FROM', 'INSTALLATION_NAME', 'DEFAULT_ZONE', 'DATABASE_CONNECTIONS'],
];
for (const name of OURS) {
  if (name === 'REDIS_URL') process.env.TEST_REDIS_URL ??= process.env.REDIS_URL ?? '';
  delete process.env[name];
}

runAfterFile();
