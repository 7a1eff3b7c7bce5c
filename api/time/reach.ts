import type { Request } from 'express';
import { scopeOf } from '../../domain/people/may.ts';
import type { BrandScope } from '../../store/board.ts';
import { signedIn } from '../session/identify.ts';

/** Which brands a request is about: as far as the board reaches for this person, or the one brand of it that is asked for. */
export function scopeAsked(req: Request): {
  readonly scope: BrandScope;
  readonly narrowed: BrandScope;
  readonly brand: string;
} {
  const reach = scopeOf(signedIn(req).viewer, 'job.read');
  const scope: BrandScope = reach.kind === 'all' ? 'all' : reach.kind === 'brands' ? reach.brandIds : [];
  const asked = req.query.brand;
  const brand = typeof asked === 'string' ? asked.trim().slice(0, 64) : '';
  const known = brand !== '' && (scope === 'all' || scope.includes(brand));
  return { scope, narrowed: known ? [brand] : scope, brand: known ? brand : '' };
}

/** The brands within reach, for the form that narrows a page. */
export function brandsIn(
  all: readonly { readonly brands: readonly { readonly id: string; readonly name: string }[] }[],
  scope: BrandScope,
): readonly { readonly id: string; readonly name: string }[] {
  return all
    .flatMap(({ brands }) => brands.map(({ id, name }) => ({ id, name })))
    .filter(({ id }) => scope === 'all' || scope.includes(id));
}
