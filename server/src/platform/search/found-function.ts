import { appRole } from '../database.ts'
import { markOfMonths, marksOfRow } from './marks.ts'
import { wordsOfYear } from './words.ts'

/**
 * The search. Row-level security lets no search by words use an index, so that these functions step out of it and repeat what it
 * says, from the settings of the transaction and not from what they are given: `roots`, `own` and `handed` only narrow it.
 *
 * `search_found` gives the newest entries in which every one of `pieces` stands, the first page of each that has one, before
 * `(bound_on, bound_id)`. They stand under all of `words` in the index and satisfy `marks`, a `tsquery`, empty where nothing narrows
 * the search. It asks who has handed what to the account as the application, under its row-level security; `search_walk` does the
 * rest with the rights of the owner of the table.
 *
 * It has to be quick for words that stand everywhere and for those that stand once. First the newest entries are looked through,
 * as long as one in a hundred is found: what is frequent fills a page there. Then it goes year by year. Where a look at the newest of
 * a year finds one in twenty, they are looked through again, since the index takes its time for words of many entries; else it is
 * asked. In a year with more than can be looked at in time it is asked by quarters, then by months, and a month that has too many
 * still is looked through in order.
 */
export const searchFunctions: readonly string[] = [
  `create or replace function search_walk(pieces text[], words int[], marks text, roots path_ranges, own boolean, handed text[],
    kinds text[], since_on date, bound_on date, bound_id uuid, wanted int)
  returns table (kind text, id uuid, page int, dated_on date, path text, person_id uuid, code text, title text, body text)
  stable security definer rows 20 language plpgsql
  set search_path = public, pg_temp set jit = off set enable_seqscan = off set work_mem = '64MB'
  set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_variable
declare
  tenant constant text := nullif(current_setting('app.tenant', true), '');
  scope constant path_ranges := nullif(current_setting('app.scope', true), '')::path_ranges;
  me constant uuid := nullif(current_setting('app.person', true), '')::uuid;
  most constant int := 1000;
  chunk constant int := 500;
  glance constant int := 100;
  way text := 'newest';
  year int;
  month int;
  months int;
  words_of_year int[];
  marks_of_month text;
  floor_on date := since_on;
  next_on date;
  next_id uuid;
  is_last boolean;
  places tid[];
  found int;
begin
  if tenant is null or cardinality(pieces) = 0 or wanted < 1 then return; end if;
  loop
    if way = 'years' then
      select extract(year from e.dated_on)::int into year from search_entries e
        where e.tenant_id = tenant and e.dated_on >= since_on
          and e.dated_on < case when year is null then bound_on + 1 else make_date(year, 1, 1) end
        order by e.dated_on desc limit 1;
      exit when year is null;
      months := null;
      words_of_year := ${wordsOfYear};
      floor_on := greatest(since_on, make_date(year, 1, 1));
      if bound_on > make_date(year, 12, 31) then
        bound_on := make_date(year, 12, 31) + 1;
        bound_id := '00000000-0000-0000-0000-000000000000';
      end if;
      way := case marks when '' then 'glance' else 'year' end;
    end if;
    if way in ('newest', 'glance', 'through') then
      next_on := null;
      select e.dated_on, e.id into next_on, next_id from search_entries e
        where e.tenant_id = tenant and (e.dated_on, e.id) < (bound_on, bound_id) and e.dated_on >= floor_on
        order by e.dated_on desc, e.id desc offset case way when 'glance' then glance else chunk end limit 1;
      is_last := next_on is null;
      if is_last then
        places := array(select e.ctid from search_entries e
          where e.tenant_id = tenant and (e.dated_on, e.id) < (bound_on, bound_id) and e.dated_on >= floor_on);
      else
        places := array(select e.ctid from search_entries e
          where e.tenant_id = tenant and (e.dated_on, e.id) < (bound_on, bound_id) and (e.dated_on, e.id) >= (next_on, next_id));
      end if;
    else
      if way = 'months' then
        month := month - months;
        if month < year * 12 then
          way := 'years';
          continue;
        end if;
      end if;
      marks_of_month := concat_ws(' & ', nullif(marks, ''), ${markOfMonths});
      if marks_of_month = '' then
        places := array(select e.ctid from search_entries e where e.words @> words_of_year limit most + 1);
      else
        places := array(select e.ctid from search_entries e
          where e.words @> words_of_year and ${marksOfRow('e.')} @@ marks_of_month::tsquery limit most + 1);
      end if;
      if cardinality(places) > most then
        if way = 'year' then
          way := 'months';
          months := 3;
          month := least(year * 12 + 12, extract(year from bound_on)::int * 12 + (extract(month from bound_on)::int + 2) / 3 * 3);
        elsif months = 3 then
          month := month + 3;
          months := 1;
        else
          way := 'through';
          floor_on := make_date(year, month % 12 + 1, 1);
          if bound_on >= floor_on + interval '1 month' then
            bound_on := floor_on + interval '1 month';
            bound_id := '00000000-0000-0000-0000-000000000000';
          end if;
        end if;
        continue;
      end if;
    end if;

    return query
      select distinct on (e.dated_on, e.id) e.kind, e.id, e.page, e.dated_on, e.path, e.person_id, e.code, e.title, e.body
      from search_entries e
      where e.ctid = any(places) and e.tenant_id = tenant
        and (e.dated_on, e.id) < (bound_on, bound_id) and e.dated_on >= since_on
        and (kinds is null or e.kind = any(kinds))
        and ((e.path <@ scope and e.path <@ roots and not (e.is_closed_to_person and coalesce(e.person_id = me, false)))
          or (own and e.person_id = me and not e.is_closed_to_person)
          or e.person_id::text || ' ' || e.code = any(handed))
        and strpos(e.folded, pieces[1]) > 0
        and (cardinality(pieces) = 1 or not exists (select from unnest(pieces) as piece where strpos(e.folded, piece) = 0))
      order by e.dated_on desc, e.id desc, e.page, e.piece limit wanted;
    get diagnostics found = row_count;
    wanted := wanted - found;
    exit when wanted <= 0;
    if way in ('newest', 'glance', 'through') and not is_last then
      bound_on := next_on;
      bound_id := next_id;
    end if;
    if way = 'newest' then
      exit when is_last;
      if found * 100 < chunk then
        way := 'years';
        year := null;
      end if;
    elsif way = 'glance' then
      if is_last then
        way := 'years';
      elsif found * 20 >= glance then
        way := 'newest';
        floor_on := since_on;
      else
        way := 'year';
      end if;
    elsif way = 'year' then
      way := 'years';
    elsif way = 'through' and is_last then
      way := 'months';
    end if;
    if way = 'months' and month % 3 = 0 then
      months := 3;
    end if;
  end loop;
end $$`,
  `create or replace function search_found(pieces text[], words int[], marks text, roots path_ranges, own boolean,
    handed_persons uuid[], handed_codes text[], kinds text[], since_on date, bound_on date, bound_id uuid, wanted int)
  returns table (kind text, id uuid, page int, dated_on date, path text, person_id uuid, code text, title text, body text)
  stable rows 20 language sql as $$
    select * from search_walk(pieces, words, marks, roots, own, array(
        select pair.person::text || ' ' || pair.code from unnest(handed_persons, handed_codes) as pair(person, code)
        where cardinality(handed_persons) > 0 and pair.person in (select given.person_id from delegation_persons as given
          where given.tenant_id = nullif(current_setting('app.tenant', true), '')
            and given.helper_account_id = nullif(current_setting('app.account', true), '')::uuid
            and current_setting('app.helper', true) = '1'
            and given.until_on >= (now() at time zone 'Asia/Shanghai')::date)),
      kinds, since_on, bound_on, bound_id, wanted)
  $$`,
  `revoke all on function search_walk from public`,
  `grant execute on function search_walk to ${appRole}`,
]
