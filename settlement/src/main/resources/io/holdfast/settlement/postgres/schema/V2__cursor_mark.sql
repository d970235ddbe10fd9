-- The record that was read last where the cursor stands: where it begins, its logical time, and a checksum of what it says.
-- A journal that lost its tail and went on holds another record there. Null where it is not known: nothing tells then.
alter table settlement_cursor
    add column record_position bigint,
    add column record_time_ms  bigint,
    add column record_checksum int;

-- Such a journal gives sequences a second time. The first column is above 0 where the loss was found and nothing but this
-- would tell a second time: up to where the journal was settled that is lost; until the loss is accepted.
-- The second is above 0 once it is accepted, until settlement has passed it. Up to there, rows of orders and refunds whose
-- sequence the journal gives to another one get the negative of it, so that both stand: below zero is of a lost history.
alter table settlement_cursor
    add column lost_sequence     bigint not null default 0,
    add column accepted_sequence bigint not null default 0;

comment on column orders.journal_sequence is
    'of the command that led to the row; below zero in a row of a history that was lost, and accepted as lost';
comment on column refunds.journal_sequence is
    'of the command that led to the row; below zero in a row of a history that was lost, and accepted as lost';
