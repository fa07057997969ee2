import { fold } from '../../platform/search/folding.ts'
import { wordsOf, wordsToAsk } from '../../platform/search/words.ts'

/** Articles of all years stand under the same words: there are few beside the papers of an archive. */
const year = 0

/** How an article is kept for the search of the site: as it is compared, and under which words it is found. */
export function searchable(...texts: readonly string[]): { folded: string; words: number[] } {
  const folded = texts.map(fold).join('\n')
  return { folded, words: wordsOf(folded, year) }
}

/** The words under which every article stands that holds all of these pieces. */
export const askedWords = (pieces: readonly string[]): number[] => [...new Set(pieces.flatMap(wordsToAsk))]

/**
 * The newest articles in which every one of `pieces` stands, as far as the transaction may read them: open ones for everybody, the
 * others for an account. What is frequent is found among the newest without the index, which takes its time for it.
 */
export const siteSearch = `create or replace function site_found(pieces text[], asked int[], skipped int, wanted int)
  returns table (article_id uuid, published_at timestamptz)
  stable security definer rows 20 language plpgsql set search_path = public, pg_temp set jit = off as $$
#variable_conflict use_column
declare
  tenant constant text := nullif(current_setting('app.tenant', true), '');
  kinds constant boolean[] := case when nullif(current_setting('app.account', true), '') is null
    then array[true] else array[true, false] end;
  glance constant int := 300;
  enough constant int := skipped + wanted;
  ids uuid[];
begin
  if tenant is null or cardinality(pieces) = 0 or wanted < 1 then return; end if;
  ids := array(select newest.article_id from (
      select of_kind.* from unnest(kinds) as kind (is_open) cross join lateral (
        select a.article_id, a.published_at, a.folded from site_articles a
        where a.tenant_id = tenant and a.is_open = kind.is_open
        order by a.published_at desc, a.article_id desc limit glance) as of_kind
      order by of_kind.published_at desc, of_kind.article_id desc limit glance) as newest
    where (select bool_and(position(piece in newest.folded) > 0) from unnest(pieces) as piece));
  if cardinality(ids) < enough then
    ids := array(select a.article_id from site_articles a
      where a.tenant_id = tenant and a.is_open = any (kinds) and a.words @> asked
        and (select bool_and(position(piece in a.folded) > 0) from unnest(pieces) as piece)
      order by a.published_at desc, a.article_id desc limit enough);
  end if;
  return query select a.article_id, a.published_at from site_articles a
    where a.tenant_id = tenant and a.article_id = any (ids)
    order by a.published_at desc, a.article_id desc offset skipped limit wanted;
end $$`
