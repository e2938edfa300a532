/**
 * Takes one sealed answer in. Says `accepted`, `answered` (there was one already), `closed` or `unknown`.
 *
 * The shared lock is a statement of its own before the insert: each statement of the function has a snapshot of its own, so an
 * answer that waited for the mixer sees what the mixer has done. In one statement it would not, and one person could answer twice.
 */
export const KEEP_ANSWER = `
create or replace function keep_answer(p_hash bytea, p_sealed bytea, p_now timestamptz) returns text language plpgsql volatile as $$
declare
  asked uuid;
begin
  select questionnaire_id into asked from askings where token_hash = p_hash;
  if asked is null then return 'unknown'; end if;
  perform pg_advisory_xact_lock_shared(hashtextextended('questionnaire ' || asked, 0));
  if not exists (select from questionnaires q where q.id = asked and q.privacy = 'anonymous' and q.closed_at is null
      and (q.closes_at is null or q.closes_at > p_now)) then
    return 'closed';
  end if;
  insert into answer_inbox (questionnaire_id, token_hash, sealed)
    select questionnaire_id, token_hash, p_sealed from askings where token_hash = p_hash and not answered
    on conflict do nothing;
  if found then return 'accepted'; end if;
  return 'answered';
end
$$;
`;
