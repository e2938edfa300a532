/**
 * Takes one place in each pool for a registration: one kept for its delegation first, then a free one. False when a pool is short;
 * the caller then rolls back all it took. `wait`: false skips places that another transaction is taking (the fast path), true waits
 * for it to end (the exact path, under the pools' locks).
 */
export const GRAB_PLACES = `
create or replace function grab_places(p_registration uuid, p_pools uuid[], p_delegation uuid, p_held_until timestamptz, p_wait boolean)
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

/** Takes all the places of a party, or none of them. Who needs one place alone has nothing to roll back, and so no subtransaction. */
export const GRAB_PARTY = `
create or replace function grab_party(p_members jsonb, p_delegation uuid, p_held_until timestamptz, p_wait boolean)
returns boolean language plpgsql as $$
declare
  v_member jsonb;
begin
  if jsonb_array_length(p_members) = 1 and jsonb_array_length(p_members->0->'pool_ids') = 1 then
    return grab_places((p_members->0->>'id')::uuid, array[(p_members->0->'pool_ids'->>0)::uuid], p_delegation, p_held_until, p_wait);
  end if;
  for v_member in select value from jsonb_array_elements(p_members) loop
    if not grab_places((v_member->>'id')::uuid, array(select jsonb_array_elements_text(v_member->'pool_ids')::uuid order by 1),
        p_delegation, p_held_until, p_wait) then
      raise exception 'short' using errcode = 'CV001';
    end if;
  end loop;
  return true;
exception when sqlstate 'CV001' then
  return false;
end $$;
`;
