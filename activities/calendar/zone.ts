import { IANAZone } from 'luxon';
import { zoneOfOffsets } from '../../domain/calendar/zone.ts';
import type { Zone } from '../../domain/calendar/types.ts';

const zones = new Map<string, Zone>();

/** Whether the machine's zone data knows the IANA name. */
export function isZoneName(zoneName: string): boolean {
  return IANAZone.isValidZone(zoneName);
}

/** Zone arithmetic for an IANA name, kept once made; gaps and overlaps as `Zone` defines them. Throws RangeError on an unknown name. */
export function zoneNamed(zoneName: string): Zone {
  const known = zones.get(zoneName);
  if (known) return known;
  if (!isZoneName(zoneName)) throw new RangeError(`unknown time zone: ${JSON.stringify(zoneName)}`);
  const iana = IANAZone.create(zoneName);
  const made = zoneOfOffsets((epochMs) => iana.offset(epochMs));
  zones.set(zoneName, made);
  return made;
}
