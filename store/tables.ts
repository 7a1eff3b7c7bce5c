/** Every table by being imported: whoever connects knows all collections and their indexes. */
import './audit.ts';
import './calendars.ts';
import './clients.ts';
import './daily.ts';
import './drafts.ts';
import './grants.ts';
import './idempotency.ts';
import './jobs.ts';
import './log.ts';
import './login-codes.ts';
import './manifests.ts';
import './names.ts';
import './papers.ts';
import './people.ts';
import './routes.ts';
import './sessions.ts';
import './steps.ts';
