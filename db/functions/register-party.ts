/**
 * Registers a party of one or more in one statement: allowance, rows, places, outbox, audit. See
 * docs/decisions/002-places-are-rows.md for the paths and why they cannot oversell, overtake or deadlock.
 *
 * p_mode   'all'      every one gets a place or nobody is registered
 *          'fit'      each who fits is confirmed; each other waits alone
 *          'together' every one gets a place or the party waits as one
 * p_settles true: the caller passes places on in the same transaction when `beside_free` says so. False: a party that would join
 *          the queue beside free places is not registered, and CV002 asks to be called again like that.
 * p_party  [{id, person_id, category_id, pool_ids, answers, form_version_id, amount, currency, reference, contact_email}]
 * p_draft  true: the rows are drafts that hold their places until p_held_until (a self-registration awaiting its link)
 *
 * Plans are kept by each connection, and those of the first minute see empty tables: without seq scans they stay right when two
 * thousand rows have come.
 *
 * Returns a row for each member: outcome 'confirmed' | 'draft' | 'waiting' | 'allowance' | 'no-places'.
 * Any outcome of the last two means that this member was not written.
 */
export const REGISTER_PARTY = `
drop function if exists register_party;
create function register_party(
  p_event uuid, p_organisation uuid, p_delegation uuid, p_limit int, p_mode text, p_waiting_list boolean,
  p_draft boolean, p_held_until timestamptz, p_settles boolean, p_actor uuid, p_at timestamptz, p_party jsonb)
returns table (registration_id uuid, outcome text, beside_free boolean) language plpgsql set enable_seqscan = off as $$
declare
  v_size int;
  v_used int;
  v_room int;
  v_members jsonb;
  v_unit jsonb;
  v_pools uuid[];
  v_count int := jsonb_array_length(p_party);
  v_confirmed uuid[] := '{}';
  v_waited uuid[] := '{}';
  v_beside boolean := false;
  v_state text := case when p_draft then 'draft' else 'confirmed' end;
begin
  if p_organisation is not null then
    select a.size into v_size from allowances a
      where a.event_id = p_event and a.organisation_id = p_organisation for no key update;
    if not found then
      insert into allowances (event_id, organisation_id) values (p_event, p_organisation) on conflict do nothing;
      select a.size into v_size from allowances a
        where a.event_id = p_event and a.organisation_id = p_organisation for no key update;
    end if;
    v_size := coalesce(v_size, p_limit);
    if v_size is not null then
      select count(*) into v_used from registrations r
        where r.event_id = p_event and r.organisation_id = p_organisation and r.state in ('confirmed', 'waiting');
      v_room := greatest(v_size - v_used, 0);
    end if;
  end if;
  if v_room is null or v_room >= v_count then
    v_members := p_party;
  elsif p_mode = 'fit' then
    v_members := coalesce((select jsonb_agg(value order by ordinality) from jsonb_array_elements(p_party) with ordinality
      where ordinality <= v_room), '[]');
    return query select (value->>'id')::uuid, 'allowance', false from jsonb_array_elements(p_party) with ordinality
      where ordinality > v_room;
  else
    return query select (value->>'id')::uuid, 'allowance', false from jsonb_array_elements(p_party);
    return;
  end if;
  if jsonb_array_length(v_members) = 0 then return; end if;

  select array_agg(distinct pool::uuid order by pool::uuid) into v_pools
    from jsonb_array_elements(v_members) m, jsonb_array_elements_text(m->'pool_ids') t(pool);

  -- Rows before places: an insert may wait for somebody registering the same person, and nobody waits while holding places.
  insert into registrations (id, event_id, person_id, organisation_id, delegation_id, category_id, state, pool_ids, answers,
      form_version_id, amount, currency, reference, joined_at, created_by, confirmed_at, contact_email)
    select (m->>'id')::uuid, p_event, (m->>'person_id')::uuid, p_organisation, p_delegation, (m->>'category_id')::uuid, v_state,
      array(select jsonb_array_elements_text(m->'pool_ids')::uuid order by 1), coalesce(m->'answers', '{}'),
      (m->>'form_version_id')::uuid, (m->>'amount')::int, m->>'currency', m->>'reference', p_at, p_actor,
      case when not p_draft then p_at end, m->>'contact_email'
    from jsonb_array_elements(v_members) m order by m->>'person_id';

  if not exists (select from pools p where p.id = any (v_pools) and p.queue_open) then
    -- The fast path: all or nothing, skipping what others are taking, and only where nobody waits.
    if grab_party(v_members, p_delegation, p_held_until, false) then
      v_confirmed := array(select (m->>'id')::uuid from jsonb_array_elements(v_members) m);
    end if;
  elsif p_waiting_list and not p_draft and p_mode <> 'all' then
    v_waited := join_queue(p_event, p_organisation, p_at, v_pools,
      case when p_mode = 'fit' then (select jsonb_agg(jsonb_build_array(value)) from jsonb_array_elements(v_members))
        else jsonb_build_array(v_members) end);
  end if;

  -- The exact path: pools in order, then the truth about what is free.
  if cardinality(v_confirmed) + cardinality(v_waited) = 0 then
    perform 1 from pools p where p.id = any (v_pools) order by p.id for no key update;
    for v_unit in
      select case when p_mode = 'fit' then jsonb_build_array(value) else v_members end
      from jsonb_array_elements(v_members) with ordinality where p_mode = 'fit' or ordinality = 1
    loop
      if not exists (select from pools p where p.queue_open
            and p.id in (select jsonb_array_elements_text(m->'pool_ids')::uuid from jsonb_array_elements(v_unit) m))
          and grab_party(v_unit, p_delegation, p_held_until, true) then
        v_confirmed := v_confirmed || array(select (m->>'id')::uuid from jsonb_array_elements(v_unit) m);
      elsif p_draft then
        -- A self-registration joins the queue when its link is used, not before.
        null;
      elsif p_mode = 'all' or not p_waiting_list then
        delete from registrations r where r.id in (select (m->>'id')::uuid from jsonb_array_elements(v_unit) m);
        return query select (m->>'id')::uuid, 'no-places', false from jsonb_array_elements(v_unit) m;
      else
        v_waited := v_waited || add_waiting(p_event, p_organisation, p_at, v_unit);
        update pools p set queue_open = true
          where p.id in (select jsonb_array_elements_text(m->'pool_ids')::uuid from jsonb_array_elements(v_unit) m)
            and not p.queue_open
            and (select count(*) from (select from places s where s.pool_id = p.id and s.registration_id is null
                  and s.delegation_id is null limit jsonb_array_length(v_unit)) free)
                < (select count(*) from jsonb_array_elements(v_unit) m where m->'pool_ids' ? p.id::text);
      end if;
    end loop;
    if cardinality(v_waited) > 0 then
      v_beside := exists (select from places s join pools p on p.id = s.pool_id
        where p.id = any (v_pools) and p.queue_open and s.registration_id is null and s.delegation_id is null);
      if v_beside and not p_settles then raise exception 'beside free places' using errcode = 'CV002'; end if;
    end if;
  end if;

  if p_draft then
    return query select (m->>'id')::uuid, 'draft', false from jsonb_array_elements(v_members) m;
    return;
  end if;
  if cardinality(v_confirmed) + cardinality(v_waited) > 0 then
    insert into outbox (topic, payload) values ('registrations.registered', jsonb_build_object(
      'event', p_event, 'delegation', p_delegation, 'confirmed', to_jsonb(v_confirmed), 'waiting', to_jsonb(v_waited)));
    insert into changes (actor_id, feature, row_id, event_id, action, after)
      select p_actor, 'registrations', id, p_event, 'registered',
        jsonb_build_object('state', case when id = any (v_waited) then 'waiting' else 'confirmed' end)
      from unnest(v_confirmed || v_waited) id;
  end if;
  return query select id, case when id = any (v_waited) then 'waiting' else 'confirmed' end, v_beside and id = any (v_waited)
    from unnest(v_confirmed || v_waited) id;
end $$;
`;

/** Makes registrations wait as one party. Returns their ids. */
export const ADD_WAITING = `
create or replace function add_waiting(p_event uuid, p_organisation uuid, p_at timestamptz, p_unit jsonb)
returns uuid[] language plpgsql as $$
declare
  v_ids uuid[] := array(select (m->>'id')::uuid from jsonb_array_elements(p_unit) m);
  v_waiting uuid;
begin
  insert into waitings (event_id, organisation_id, joined_at, party_size, pool_ids)
    select p_event, p_organisation, p_at, cardinality(v_ids),
      array(select distinct jsonb_array_elements_text(m->'pool_ids')::uuid from jsonb_array_elements(p_unit) m)
    returning id into v_waiting;
  update registrations r set state = 'waiting', waiting_id = v_waiting, confirmed_at = null where r.id = any (v_ids);
  return v_ids;
end $$;
`;

/**
 * Joins an open queue in company: joiners share the pools' locks, and whoever passes places on or closes the queue waits for them.
 * Empty, with nothing done, where a pool is not open any more or has a free place: then the exact path has to look.
 */
export const JOIN_QUEUE = `
create or replace function join_queue(p_event uuid, p_organisation uuid, p_at timestamptz, p_pools uuid[], p_units jsonb)
returns uuid[] language plpgsql as $$
declare
  v_waited uuid[] := '{}';
  v_unit jsonb;
begin
  perform 1 from pools p where p.id = any (p_pools) order by p.id for share;
  if exists (select from pools p where p.id = any (p_pools) and (not p.queue_open or exists (
      select from places s where s.pool_id = p.id and s.registration_id is null and s.delegation_id is null))) then
    raise exception 'not only a queue' using errcode = 'CV001';
  end if;
  for v_unit in select value from jsonb_array_elements(p_units) loop
    v_waited := v_waited || add_waiting(p_event, p_organisation, p_at, v_unit);
  end loop;
  return v_waited;
exception when sqlstate 'CV001' then
  return '{}';
end $$;
`;
