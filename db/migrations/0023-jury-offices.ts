import { type Kysely, sql } from 'kysely';

/** Whoever runs a call is not its juror: an organiser of the event of a call for experiences no more than the secretariat. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Whether somebody has an office that shows them every entry of a call. The person's row is locked first, so that
    -- a seat and an office given at the same moment see one another.
    create function runs_call(person uuid, call uuid) returns boolean language plpgsql as $$
      begin
        perform from people where id = person for no key update;
        return exists (
          select from roles r join calls c on c.id = call
          where r.person_id = person and r.revoked_at is null
            and (r.role in ('admin', 'secretariat') or (r.role = 'organiser' and c.kind = 'experiences' and r.scope_id = c.event_id)));
      end
    $$;
    create or replace function jurors_hold_no_office() returns trigger language plpgsql as $$
      begin
        if new.seat = 'juror' and new.ended_at is null and runs_call(new.person_id, new.call_id) then
          raise exception 'who runs a call does not judge it' using errcode = 'check_violation', constraint = 'jurors_hold_no_office';
        end if;
        return new;
      end
    $$;
    create or replace function officers_do_not_judge() returns trigger language plpgsql as $$
      begin
        if new.role in ('admin', 'secretariat', 'organiser') and new.revoked_at is null then
          perform from people where id = new.person_id for no key update;
          if exists (
            select from jury_members m join calls c on c.id = m.call_id
            where m.person_id = new.person_id and m.seat = 'juror' and m.ended_at is null and c.results_published_at is null
              and (new.role <> 'organiser' or (c.kind = 'experiences' and c.event_id = new.scope_id))) then
            raise exception 'a juror holds no office' using errcode = 'check_violation', constraint = 'jurors_hold_no_office';
          end if;
        end if;
        return new;
      end
    $$;
    create function calls_of_no_juror() returns trigger language plpgsql as $$
      begin
        if new.results_published_at is null and exists (
          select from jury_members m where m.call_id = new.id and m.seat = 'juror' and m.ended_at is null
            and exists (select from roles r where r.person_id = m.person_id and r.role = 'organiser' and r.revoked_at is null
              and new.kind = 'experiences' and r.scope_id = new.event_id)) then
          raise exception 'a juror organises this event' using errcode = 'check_violation', constraint = 'jurors_hold_no_office';
        end if;
        return new;
      end
    $$;
    create trigger calls_of_no_juror before update of event_id, kind on calls for each row execute function calls_of_no_juror();
  `.execute(db);
}
