-- The record that was read last where the cursor stands: where it begins, its logical time, and a checksum of what it says.
-- A journal that lost its tail and went on holds another record there. Null where it is not known: nothing tells then.
alter table settlement_cursor
    add column record_position bigint,
    add column record_time_ms  bigint,
    add column record_checksum int;

-- Such a journal gives sequences a second time. Once that is accepted, the rows of both stand here.
alter table orders drop constraint orders_journal_sequence_key;
alter table refunds drop constraint refunds_journal_sequence_key;

-- Reconciliation reads them in the journal's order.
create index orders_journal_sequence_idx on orders (journal_sequence);
create index refunds_journal_sequence_idx on refunds (journal_sequence);
