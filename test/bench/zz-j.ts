import { openPlace } from './place.ts';
import { registerAgency } from './agency.ts';
import { jobbagSide } from './jobbag.ts';
import { measureSides } from './engine.ts';
const place = await openPlace();
console.log('dir', place.house.environment['JOBBAG_DATA_DIR'], place.house.processes.map(p => `${p.name} ${p.pid}`).join());
try {
  await registerAgency(place.store, 20);
  const sides = [jobbagSide(place.client, place.store, place.house, 20, { name: 'jobbag' })];
  const t = Date.now();
  const f = await measureSides(place.client, sides, { rounds: 1, jobsAlone: 2, jobsAtOnce: 8, atOnce: 8 }, (l) => console.log(((Date.now() - t) / 1000) | 0, l));
  console.log(JSON.stringify(f, null, 0));
} catch (e) { console.error(e); } finally { await place.close(); }
