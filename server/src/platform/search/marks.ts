/** What narrows a search down besides words: a sign for each kind of mark, which an entry has in the index. */
const signs = { path: 'o', kind: 'k', month: 'm', person: 'p' } as const
type Mark = keyof typeof signs

/** A mark as a part of a `tsquery`. Its text holds no character that a query would read otherwise. */
export const mark = (of: Mark, text: string): string => `'${signs[of]}${text.replace(/['\\]/g, '$&$&')}'`

/** One of these at least, as part of a `tsquery`. */
export const oneOf = (marks: readonly string[]): string => `(${marks.join(' | ')})`

/** The marks of an entry: every organisation above, its kind, month and person. */
export const marksFunction = `create or replace function search_marks(path text, kind text, person uuid, dated_on date)
  returns tsvector immutable parallel safe language plpgsql as $$
declare
  month constant int := extract(year from dated_on)::int * 12 + extract(month from dated_on)::int - 1;
  marks text[] := array['${signs.kind}' || kind, '${signs.month}' || month];
begin
  for upto in 5..length(path) by 5 loop marks := marks || ('${signs.path}' || left(path, upto)); end loop;
  if person is not null then marks := marks || ('${signs.person}' || person); end if;
  return array_to_tsvector(marks);
end $$`

/** The marks of a row of the table, for the index and for the search, which names the table by a letter. */
export const marksOfRow = (of: '' | 'e.' = ''): string =>
  `search_marks(${of}path, ${of}kind, ${of}person_id, ${of}dated_on)`

/** One of the marks of `months` months from `month` on, counted from the year 0, as a `tsquery` in the database; null for no months. */
export const markOfMonths = `(select '(' || string_agg('${signs.month}' || of, ' | ') || ')' from generate_series(month, month + months - 1) as of)`
