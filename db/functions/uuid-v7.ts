/** The server's own where it has one (PostgreSQL 18); the first migration brought one that does the same a little slower. */
export const UUID_V7 = `
do $do$ begin
  if to_regprocedure('pg_catalog.uuidv7()') is not null then
    create or replace function uuid_v7() returns uuid language sql volatile parallel safe as 'select pg_catalog.uuidv7()';
  end if;
end $do$;
`;
