import * as z from 'zod';
import { metaOf, type FieldMeta } from './field.ts';
import { inner } from './problems.ts';

/** A field as plain data, enough to draw a form, a read view and a print view. */
export interface FormField extends FieldMeta {
  readonly key: string;
  readonly required: boolean;
  /** Columns of a table, or of the files of a field. */
  readonly columns?: readonly FormField[];
}

function fieldOf(key: string, schema: z.core.$ZodType): FormField[] {
  const bare = inner(schema);
  const meta = metaOf(bare);
  if (meta === undefined) return [];
  const required = !(schema instanceof z.ZodOptional);
  const row = bare instanceof z.ZodArray ? bare.element : undefined;
  const columns = meta.type === 'table' && row instanceof z.ZodObject ? fieldsOf(row) : undefined;
  return [{ key, ...meta, required, ...(columns && { columns }) }];
}

function fieldsOf(schema: z.ZodObject): FormField[] {
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
  return Object.entries(shape).flatMap(([key, field]) => fieldOf(key, field));
}

/** The fields of a form in their order, as plain data. */
export function formFields(form: { readonly schema: z.ZodObject }): FormField[] {
  return fieldsOf(form.schema);
}
