import { IANAZone } from 'luxon';
import { zoneOfOffsets } from '../../domain/calendar/zone.ts';
import type { Zone, ZoneLookup } from '../../domain/calendar/types.ts';

const zones = new Map<string, Zone>();

/** Whether the machine's zone data knows the IANA name. */
export function isZoneName(name: string): boolean {
  return IANAZone.isValidZone(name);
}

/** The zone of an IANA name, read exactly as opening a desk reads it. Throws RangeError on an unknown name. */
export const zoneNamed: ZoneLookup = (name) => {
  const known = zones.get(name);
  if (known) return known;
  if (!isZoneName(name)) throw new RangeError(`unknown time zone: ${JSON.stringify(name)}`);
  const iana = IANAZone.create(name);
  const made = zoneOfOffsets((epochMs) => iana.offset(epochMs));
  zones.set(name, made);
  return made;
};
