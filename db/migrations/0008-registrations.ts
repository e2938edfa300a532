import { type Kysely, sql } from 'kysely';

/** Delegations and registrations, and the one statement that registers a party and takes its places. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table delegations (
      id uuid primary key default uuid_v7(),
      event_id uuid not null references events,
      organisation_id uuid not null references organisations,
      head_person_id uuid references people,
      answers jsonb not null default '{}',
      form_version_id uuid references form_versions,
      reference text not null unique,
      created_by uuid references people,
      created_at timestamptz not null default now(),
      unique (event_id, organisation_id)
    );

    create table registrations (
      id uuid primary key default uuid_v7(),
      event_id uuid not null references events,
      person_id uuid not null references people,
      organisation_id uuid references organisations,
      delegation_id uuid references delegations,
      category_id uuid not null references categories,
      state text not null check (state in ('draft', 'pending', 'confirmed', 'waiting', 'cancelled', 'refused')),
      pool_ids uuid[] not null,
      waiting_id uuid references waitings,
      answers jsonb not null default '{}',
      form_version_id uuid references form_versions,
      amount int not null default 0 check (amount >= 0),
      currency text not null,
      reference text not null unique,
      joined_at timestamptz not null default now(),
      created_by uuid references people,
      confirmed_at timestamptz,
      ended_at timestamptz,
      ended_by uuid references people,
      reason_code text,
      reason text,
      contact_email text,
      calendar_sequence int not null default 0,
      check ((state in ('cancelled', 'refused')) = (ended_at is not null)),
      check (state <> 'confirmed' or confirmed_at is not null),
      check (state <> 'waiting' or waiting_id is not null)
    );
    create unique index registrations_once on registrations (event_id, person_id) where state in ('pending', 'confirmed', 'waiting');
    create index registrations_event on registrations (event_id, joined_at desc, id desc);
    create index registrations_state on registrations (event_id, state, joined_at desc, id desc);
    create index registrations_organisation on registrations (event_id, organisation_id, state);
    create index registrations_person on registrations (person_id, joined_at desc);
    create index registrations_waiting on registrations (waiting_id) where waiting_id is not null;
    create index registrations_delegation on registrations (delegation_id) where delegation_id is not null;
    create index registrations_roster on registrations (organisation_id, joined_at desc) where organisation_id is not null;

    alter table places add constraint places_registration_fk foreign key (registration_id) references registrations;
    alter table places add constraint places_delegation_fk foreign key (delegation_id) references delegations;

    create table registration_links (
      token_hash bytea primary key,
      registration_id uuid not null references registrations,
      purpose text not null check (purpose in ('confirm', 'manage')),
      expires_at timestamptz,
      used_at timestamptz
    );
    create index registration_links_registration on registration_links (registration_id);

    create table replacements (
      id uuid primary key default uuid_v7(),
      registration_id uuid not null references registrations,
      from_person_id uuid not null references people,
      to_person_id uuid not null references people,
      by uuid references people,
      at timestamptz not null default now()
    );
    create index replacements_registration on replacements (registration_id);

    create table payments (
      id uuid primary key default uuid_v7(),
      registration_id uuid not null references registrations,
      amount int not null check (amount <> 0),
      currency text not null,
      received_on date not null,
      note text not null default '',
      recorded_by uuid references people,
      recorded_at timestamptz not null default now(),
      removed_at timestamptz
    );
    create index payments_registration on payments (registration_id);
  `.execute(db);
  await sql.raw(GRAB).execute(db);
  await sql.raw(REGISTER_PARTY).execute(db);
}

/**
 * Takes one place in each pool for a registration: one kept for its delegation first, then a free one.
 * False when a pool is short; the caller then rolls back all it took. `wait`: false skips places that another
 * transaction is taking (the fast path), true waits for it to end (the exact path, under the pools' locks).
 */
const GRAB = `
create function grab_places(p_registration uuid, p_pools uuid[], p_delegation uuid, p_held_until timestamptz, p_wait boolean)
returns boolean language plpgsql as $$
declare
  v_pool uuid;
  v_no int;
begin
  foreach v_pool in array p_pools loop
    v_no := null;
    if p_delegation is not null then
      select no into v_no from places
        where pool_id = v_pool and delegation_id = p_delegation and registration_id is null
        order by no limit 1 for update skip locked;
    end if;
    if v_no is null then
      if p_wait then
        select no into v_no from places
          where pool_id = v_pool and registration_id is null and delegation_id is null
          order by no limit 1 for update;
      else
        select no into v_no from places
          where pool_id = v_pool and registration_id is null and delegation_id is null
          order by no limit 1 for update skip locked;
      end if;
    end if;
    if v_no is null then return false; end if;
    update places set registration_id = p_registration, held_until = p_held_until where pool_id = v_pool and no = v_no;
  end loop;
  return true;
end $$;
`;

/**
 * Registers a party of one or more in one statement: allowance, rows, places, outbox, audit. See
 * docs/decisions/002-places-are-rows.md for the two paths and why they cannot oversell, overtake or deadlock.
 *
 * p_mode   'all'      every one gets a place or nobody is registered
 *          'fit'      each who fits is confirmed; each other waits alone
 *          'together' every one gets a place or the party waits as one
 * p_party  [{id, person_id, category_id, pool_ids, answers, form_version_id, amount, currency, reference, contact_email}]
 * p_draft  true: the rows are drafts that hold their places until p_held_until (a self-registration awaiting its link)
 *
 * Returns a row for each member: outcome 'confirmed' | 'draft' | 'waiting' | 'allowance' | 'no-places'.
 * Any outcome of the last two means that this member was not written.
 */
const REGISTER_PARTY = `
create function register_party(
  p_event uuid, p_organisation uuid, p_delegation uuid, p_limit int, p_mode text, p_waiting_list boolean,
  p_draft boolean, p_held_until timestamptz, p_actor uuid, p_at timestamptz, p_party jsonb)
returns table (registration_id uuid, outcome text) language plpgsql as $$
declare
  v_size int;
  v_used int;
  v_room int;
  v_members jsonb;
  v_member jsonb;
  v_unit jsonb;
  v_pools uuid[];
  v_open boolean;
  v_waiting uuid;
  v_count int := jsonb_array_length(p_party);
  v_confirmed uuid[] := '{}';
  v_waited uuid[] := '{}';
  v_state text := case when p_draft then 'draft' else 'confirmed' end;
  v_outbox uuid;
begin
  if p_organisation is not null then
    insert into allowances (event_id, organisation_id) values (p_event, p_organisation) on conflict do nothing;
    select a.size into v_size from allowances a
      where a.event_id = p_event and a.organisation_id = p_organisation for no key update;
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
    return query select (value->>'id')::uuid, 'allowance' from jsonb_array_elements(p_party) with ordinality
      where ordinality > v_room;
  else
    return query select (value->>'id')::uuid, 'allowance' from jsonb_array_elements(p_party);
    return;
  end if;
  if jsonb_array_length(v_members) = 0 then return; end if;

  select array_agg(distinct pool order by pool) into v_pools
    from jsonb_array_elements(v_members) m, jsonb_array_elements_text(m->'pool_ids') t(text), lateral (select t.text::uuid as pool) p;

  -- Rows before places: an insert may wait for somebody registering the same person, and nobody waits while holding places.
  insert into registrations (id, event_id, person_id, organisation_id, delegation_id, category_id, state, pool_ids, answers,
      form_version_id, amount, currency, reference, joined_at, created_by, confirmed_at, contact_email)
    select (m->>'id')::uuid, p_event, (m->>'person_id')::uuid, p_organisation, p_delegation, (m->>'category_id')::uuid, v_state,
      array(select jsonb_array_elements_text(m->'pool_ids')::uuid order by 1), coalesce(m->'answers', '{}'),
      (m->>'form_version_id')::uuid, (m->>'amount')::int, m->>'currency', m->>'reference', p_at, p_actor,
      case when not p_draft then p_at end, m->>'contact_email'
    from jsonb_array_elements(v_members) m order by m->>'person_id';

  -- The fast path: all or nothing, skipping what others are taking, and only where nobody waits.
  begin
    if exists (select from pools p where p.id = any (v_pools) and p.queue_open) then
      raise exception 'short' using errcode = 'CV001';
    end if;
    for v_member in select value from jsonb_array_elements(v_members) loop
      if not grab_places((v_member->>'id')::uuid, array(select jsonb_array_elements_text(v_member->'pool_ids')::uuid order by 1),
          p_delegation, p_held_until, false) then
        raise exception 'short' using errcode = 'CV001';
      end if;
      v_confirmed := v_confirmed || (v_member->>'id')::uuid;
    end loop;
  exception when sqlstate 'CV001' then
    v_confirmed := '{}';
  end;

  -- The exact path: pools in order, then the truth about what is free.
  if cardinality(v_confirmed) = 0 then
    perform 1 from pools p where p.id = any (v_pools) order by p.id for no key update;
    for v_unit in
      select case when p_mode = 'fit' then jsonb_build_array(value) else v_members end
      from jsonb_array_elements(v_members) with ordinality where p_mode = 'fit' or ordinality = 1
    loop
      select coalesce(bool_or(p.queue_open), false) into v_open from pools p
        where p.id in (select jsonb_array_elements_text(m->'pool_ids')::uuid from jsonb_array_elements(v_unit) m);
      begin
        if v_open then raise exception 'short' using errcode = 'CV001'; end if;
        for v_member in select value from jsonb_array_elements(v_unit) loop
          if not grab_places((v_member->>'id')::uuid, array(select jsonb_array_elements_text(v_member->'pool_ids')::uuid order by 1),
              p_delegation, p_held_until, true) then
            raise exception 'short' using errcode = 'CV001';
          end if;
        end loop;
        v_confirmed := v_confirmed || array(select (m->>'id')::uuid from jsonb_array_elements(v_unit) m);
      exception when sqlstate 'CV001' then
        if p_draft then
          -- A self-registration joins the queue when its link is used, not before.
          null;
        elsif p_mode = 'all' or not p_waiting_list then
          delete from registrations r where r.id in (select (m->>'id')::uuid from jsonb_array_elements(v_unit) m);
          return query select (m->>'id')::uuid, 'no-places' from jsonb_array_elements(v_unit) m;
        else
          insert into waitings (event_id, organisation_id, joined_at, party_size, pool_ids)
            select p_event, p_organisation, p_at, jsonb_array_length(v_unit),
              array(select distinct jsonb_array_elements_text(m->'pool_ids')::uuid from jsonb_array_elements(v_unit) m)
            returning id into v_waiting;
          update registrations r set state = 'waiting', waiting_id = v_waiting, confirmed_at = null
            where r.id in (select (m->>'id')::uuid from jsonb_array_elements(v_unit) m);
          update pools p set queue_open = true
            where p.id in (select jsonb_array_elements_text(m->'pool_ids')::uuid from jsonb_array_elements(v_unit) m)
              and not p.queue_open
              and (select count(*) from (select from places s where s.pool_id = p.id and s.registration_id is null
                    and s.delegation_id is null limit jsonb_array_length(v_unit)) free)
                  < (select count(*) from jsonb_array_elements(v_unit) m where m->'pool_ids' ? p.id::text);
          v_waited := v_waited || array(select (m->>'id')::uuid from jsonb_array_elements(v_unit) m);
        end if;
      end;
    end loop;
  end if;

  if p_draft then
    return query select (m->>'id')::uuid, 'draft' from jsonb_array_elements(v_members) m;
    return;
  end if;
  if cardinality(v_confirmed) + cardinality(v_waited) > 0 then
    insert into outbox (topic, payload) values ('registrations.registered', jsonb_build_object(
      'event', p_event, 'delegation', p_delegation, 'confirmed', to_jsonb(v_confirmed), 'waiting', to_jsonb(v_waited)));
    insert into changes (actor_id, feature, row_id, event_id, action, after)
      select p_actor, 'registrations', id, p_event, 'registered', jsonb_build_object('state', state)
      from unnest(v_confirmed, array_fill('confirmed'::text, array[cardinality(v_confirmed)])) t(id, state)
      union all
      select p_actor, 'registrations', id, p_event, 'registered', jsonb_build_object('state', 'waiting') from unnest(v_waited) id;
  end if;
  return query select id, 'confirmed' from unnest(v_confirmed) id union all select id, 'waiting' from unnest(v_waited) id;
end $$;
`;
